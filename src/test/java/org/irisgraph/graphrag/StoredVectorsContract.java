package org.irisgraph.graphrag;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.irisgraph.graphrag.PassagesContract.divided;
import static org.irisgraph.graphrag.TestGraphs.document;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Failure;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.TestWriter;
import org.irisgraph.iris.batch.BatchResult;
import org.irisgraph.iris.spec.OnBadRow;
import org.irisgraph.ledger.Ledger;
import org.irisgraph.ledger.LedgerSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the vectors that iris-vector-rag has stored beside the texts of documents. */
public abstract class StoredVectorsContract {

  private TestTarget target;
  private GraphTables tables;

  protected abstract TestTarget open() throws Exception;

  @BeforeEach
  void createTables() throws Exception {
    target = open();
    tables = TestGraphs.tables(target);
    target.clearSchema("RAG");
    // No database here has IRIS's type of vectors; the statements are the same for any type.
    target.execute(
        "CREATE TABLE RAG.SourceDocuments (doc_id VARCHAR(255) PRIMARY KEY, text_content"
            + " VARCHAR(9000), metadata VARCHAR(2000), embedding VARCHAR(9000))");
    TestGraphs.createTables(target);
  }

  @AfterEach
  void close() throws Exception {
    target.close();
  }

  private BatchResult<DocumentGraph> write(
      GraphTables into, int batchRows, String fingerprint, DocumentGraph... graphs)
      throws Exception {
    Ledger ledger =
        new Ledger(
            new LedgerSettings(
                target.in("RAG.DocumentLedger"), "pipeline", fingerprint, fingerprint),
            into);
    try (TestWriter<DocumentGraph> writer =
        new TestWriter<>(target.settings(), into.writes(), ledger, GraphTables::owner)
            .withBatchRows(batchRows)
            .withOnBadRow(OnBadRow.REJECT_DOCUMENT)) {
      return writer.write(List.of(graphs));
    }
  }

  private void storeVectors() throws Exception {
    target.execute("UPDATE RAG.SourceDocuments SET embedding = '0.6,0.8'");
  }

  private List<String> withVector() throws Exception {
    return target.rows(
        "SELECT doc_id FROM RAG.SourceDocuments WHERE embedding IS NOT NULL ORDER BY doc_id");
  }

  @Test
  void aVectorGoesWithTheTextThatItWasComputedFrom() throws Exception {
    write(tables, 1000, "r1", document("a", "/a", "gout"), document("b", "/b", "gout"));
    storeVectors();

    write(tables, 1000, "r2", document("a", "/a", "lupus"), document("b", "/b", "gout"));

    assertThat(withVector(), contains("b"));
  }

  @Test
  void theVectorsOfPassagesGoWithThem() throws Exception {
    String[] many = IntStream.range(0, 25).mapToObj("gout %02d"::formatted).toArray(String[]::new);
    write(tables, 10, "r1", divided("a", many), divided("b", "gout", "lupus"));
    storeVectors();

    write(tables, 10, "r2", divided("a", Arrays.copyOfRange(many, 5, 20)));

    assertThat(withVector(), contains("b", "b_chunk_sentences_0", "b_chunk_sentences_1"));
  }

  @Test
  void aVectorOfATextThatAnotherProgramHasStoredGoesWithIt() throws Exception {
    target.execute(Layout.document("a"));
    storeVectors();

    write(tables, 1000, "r1", document("a", "/a", "lupus"));

    assertThat(withVector(), is(empty()));
  }

  @Test
  void aVectorGoesWithATextWhoseRowsTakeSeveralTransactions() throws Exception {
    String[] names = IntStream.range(0, 25).mapToObj("gout %d"::formatted).toArray(String[]::new);
    write(tables, 10, "r1", document("a", "/a", names));
    storeVectors();

    write(tables, 10, "r2", document("a", "/a", "gout"));

    assertThat(withVector(), is(empty()));
  }

  @Test
  void vectorsGoWithTheTextsOfABatchThatIsDivided() throws Exception {
    DocumentGraph[] before = documents("gout");
    DocumentGraph[] after = documents("lupus");
    write(tables, 10, "r1", before);
    storeVectors();

    BatchResult<DocumentGraph> result = write(tables, 10, "r2", after);

    assertThat(withVector(), is(empty()));
    assertThat(target.rows("SELECT DISTINCT text_content FROM RAG.SourceDocuments").size(), is(1));
    assertThat(result.committed().size(), is(after.length));
  }

  @Test
  void inPlaceAVectorGoesWhenItsTextHasChangedSinceTheLastRun() throws Exception {
    target.execute(Layout.document("a"), Layout.document("b"));
    storeVectors();
    GraphTables inPlace = tables.inPlace();

    write(inPlace, 1000, "r1", document("a", "/t", "gout"), document("b", "/t", "gout"));
    assertThat("the first run", withVector(), contains("a", "b"));
    write(inPlace, 1000, "r2", document("a", "/t", "lupus"), document("b", "/t", "gout"));

    assertThat(withVector(), contains("b"));
  }

  @Test
  void inPlaceAVectorGoesWhenItsTextHasBecomeOneThatCannotBeIndexed() throws Exception {
    target.execute(Layout.document("a"), Layout.document("b"), Layout.document("c"));
    storeVectors();
    GraphTables inPlace = tables.inPlace();
    DocumentGraph[] good = {
      document("a", "/a", "gout"), document("b", "/b", "gout"), document("c", "/c", "gout")
    };
    write(inPlace, 1000, "r1", good);
    DocumentGraph[] failed = {
      DocumentGraph.failed(
          null, good[0].origin(), new Failure(Failure.Stage.READ, "BLANK", "blank")),
      failed(good[1], "other"),
      failed(good[2], good[2].contentHash())
    };

    write(inPlace, 1000, "r2", failed);
    assertThat("whose text is the same", withVector(), contains("c"));
    assertThat(
        target.rows("SELECT COUNT(*) FROM RAG.DocumentLedger WHERE stale = 1"), contains("3"));

    storeVectors();
    write(inPlace, 1000, "r3", failed);
    assertThat("computed by others since then", withVector(), contains("a", "b", "c"));
  }

  @Test
  void inPlaceAVectorGoesWhenTheDocumentOfItsTextIsRejected() throws Exception {
    target.execute(Layout.document("a"));
    storeVectors();
    GraphTables inPlace = tables.inPlace();
    write(inPlace, 1000, "r1", document("a", "/a", "gout"));
    DocumentGraph rejected = document("a", "/a", "x".repeat(3000));

    write(inPlace, 1000, "r2", rejected);
    assertThat(target.rows("SELECT outcome FROM RAG.DocumentLedger"), contains("rejected"));
    assertThat(withVector(), is(empty()));

    storeVectors();
    write(inPlace, 1000, "r3", rejected);
    assertThat("computed by others since then", withVector(), contains("a"));
  }

  private static DocumentGraph failed(DocumentGraph graph, String hash) {
    return DocumentGraph.failed(
        graph.requireDocumentId(),
        graph.origin(),
        hash,
        new Failure(Failure.Stage.EXTRACT, "EMBEDDING_TOO_LONG", "too long"));
  }

  private static DocumentGraph[] documents(String name) {
    return Stream.of("a", "b", "c", "d", "e", "f", "g", "h")
        .map(id -> document(id, "/" + id, name))
        .toArray(DocumentGraph[]::new);
  }
}

package org.irisgraph.graphrag;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.irisgraph.graphrag.TestGraphs.document;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;
import org.irisgraph.graph.Passage;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.TestWriter;
import org.irisgraph.iris.batch.BatchResult;
import org.irisgraph.iris.spec.ForeignRows;
import org.irisgraph.iris.spec.OutcomeTable;
import org.irisgraph.ledger.Ledger;
import org.irisgraph.ledger.LedgerSettings;
import org.irisgraph.ledger.RemovalLedger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** The rows of passages beside those of documents, in every layout. */
public abstract class PassagesContract {

  @Parameter Layout layout;

  private TestTarget target;
  private GraphTables tables;

  protected abstract TestTarget open() throws Exception;

  @BeforeEach
  void createTables() throws Exception {
    target = open();
    tables = TestGraphs.tables(target).withPassages();
    target.clearSchema("RAG");
    target.execute(layout.statements());
    TestGraphs.createTables(target);
  }

  @AfterEach
  void close() throws Exception {
    target.close();
  }

  private LedgerSettings run(String pipeline, String runId) {
    return new LedgerSettings(target.in("RAG.DocumentLedger"), pipeline, runId, "fingerprint");
  }

  private BatchResult<DocumentGraph> write(String runId, DocumentGraph... graphs) throws Exception {
    return write(
        ForeignRows.KEEP, 1000, new Ledger(run("pipeline", runId), tables), List.of(graphs));
  }

  private BatchResult<DocumentGraph> write(
      ForeignRows foreignRows,
      int batchRows,
      OutcomeTable<DocumentGraph> ledger,
      List<DocumentGraph> graphs)
      throws Exception {
    try (TestWriter<DocumentGraph> writer =
        new TestWriter<>(target.settings(), tables.writes(foreignRows), ledger, GraphTables::owner)
            .withBatchRows(batchRows)) {
      return writer.write(graphs);
    }
  }

  /** A document of which each name is a passage. */
  static DocumentGraph divided(String id, String... names) {
    DocumentGraph whole = document(id, "/" + id, names);
    List<Passage> passages = new ArrayList<>();
    List<Entity> entities = new ArrayList<>();
    int start = 0;
    for (Entity entity : whole.entities()) {
      int end = start + entity.name().length();
      passages.add(new Passage(start, end, null));
      entities.add(
          new Entity(
              entity.id(), entity.name(), entity.type(), 1, start, end, 1, entity.extractors()));
      start = end + 1;
    }
    return whole.toBuilder()
        .setPassages(passages)
        .setPassageMetadata("{\"title\":\"T\"}")
        .setEntities(entities)
        .build();
  }

  private List<String> documents() throws Exception {
    return target.rows("SELECT doc_id, text_content FROM RAG.SourceDocuments ORDER BY doc_id");
  }

  private List<String> places() throws Exception {
    return target.rows("SELECT entity_name, source_doc_id FROM RAG.Entities ORDER BY entity_name");
  }

  @Test
  void passagesAreRowsToWhichTheirEntitiesRefer() throws Exception {
    write("r1", divided("d", "gout", "lupus"), document("e", "/e", "gout"));

    assertThat(
        documents(),
        contains(
            "d|gout lupus", "d_chunk_sentences_0|gout", "d_chunk_sentences_1|lupus", "e|gout"));
    assertThat(
        places(),
        containsInAnyOrder("gout|d_chunk_sentences_0", "lupus|d_chunk_sentences_1", "gout|e"));
    assertThat(
        target.rows(
            "SELECT metadata FROM RAG.SourceDocuments WHERE doc_id = 'd_chunk_sentences_1'"),
        contains(
            "{\"parent_doc_id\":\"d\",\"parent_document_id\":\"d\",\"chunk_index\":1,"
                + "\"chunk_strategy\":\"sentences\",\"start_pos\":5,\"end_pos\":10,"
                + "\"title\":\"T\"}"));
  }

  @Test
  void aShorterVersionLosesItsLastPassagesAndKeepsWhatHasMovedInOneTransaction() throws Exception {
    write("r1", divided("d", "gout", "lupus", "rash"));
    String theirs = UUID.randomUUID().toString();
    target.execute(
        layout.relationship(
            theirs,
            divided("d", "rash").entities().get(0).id(),
            divided("d", "gout").entities().get(0).id(),
            null));

    BatchResult<DocumentGraph> result = write("r2", divided("d", "rash", "gout"));

    assertThat(result.metrics().transactions(), is(1));
    assertThat(result.metrics().held(), is(0));
    assertThat(
        documents(),
        contains("d|rash gout", "d_chunk_sentences_0|rash", "d_chunk_sentences_1|gout"));
    assertThat(places(), contains("gout|d_chunk_sentences_1", "rash|d_chunk_sentences_0"));
    assertThat(
        target.rows(
            "SELECT relationship_id FROM RAG.EntityRelationships WHERE relationship_type ="
                + " 'treats'"),
        contains(theirs));
  }

  @Test
  void withoutPassagesTheDocumentHasItsEntitiesAgain() throws Exception {
    write("r1", divided("d", "gout", "lupus", "rash"));

    write("r2", document("d", "/d", "gout", "lupus"));

    assertThat(documents(), contains("d|gout lupus"));
    assertThat(places(), contains("gout|d", "lupus|d"));
  }

  @Test
  void aRemovedDocumentTakesItsPassagesAlong() throws Exception {
    write("r1", divided("d", "gout", "lupus"), divided("e", "gout", "lupus"));

    write(
        ForeignRows.KEEP,
        1000,
        new RemovalLedger(run("pipeline", "removal"), tables),
        List.of(
            DocumentGraph.failed(
                "d", new Origin("/d", 0, 0), new Failure(Failure.Stage.READ, "MISSING", "gone"))));

    assertThat(
        documents(),
        contains("e|gout lupus", "e_chunk_sentences_0|gout", "e_chunk_sentences_1|lupus"));
    assertThat(places(), contains("gout|e_chunk_sentences_0", "lupus|e_chunk_sentences_1"));
  }

  @Test
  void moreRowsThanATransactionMayHaveAreReplacedInSeveral() throws Exception {
    String[] many = IntStream.range(0, 25).mapToObj("gout %02d"::formatted).toArray(String[]::new);
    String[] reversed = IntStream.range(0, 12).mapToObj(i -> many[24 - i]).toArray(String[]::new);
    write(
        ForeignRows.KEEP,
        10,
        new Ledger(run("pipeline", "r1"), tables),
        List.of(divided("d", many)));
    assertThat(documents(), hasSize(26));

    write(
        ForeignRows.KEEP,
        10,
        new Ledger(run("pipeline", "r2"), tables),
        List.of(divided("d", reversed)));

    assertThat(documents(), hasSize(13));
    assertThat(places().get(0), is("gout 13|d_chunk_sentences_11"));
    assertThat(places(), hasSize(12));

    write(
        ForeignRows.KEEP,
        10,
        new Ledger(run("pipeline", "r3"), tables),
        List.of(divided("d", many[24])));
    assertThat(documents(), contains("d|gout 24", "d_chunk_sentences_0|gout 24"));
  }

  @Test
  void aDocumentIsStoredWithAllItsPassagesOrNotAtAll() throws Exception {
    String id = "d".repeat((layout == Layout.C ? 64 : 255) - 18);
    String[] ten = IntStream.range(0, 11).mapToObj("gout %d"::formatted).toArray(String[]::new);

    BatchResult<DocumentGraph> result = write("r1", divided(id, ten), divided("e", "gout", "rash"));

    assertThat(documents(), hasSize(3));
    assertThat(places(), hasSize(2));
    assertThat(result.rejected().get(0).code(), is("TOO_LONG"));
    assertThat(result.rejected().get(0).rowId(), is(id + "_chunk_sentences_10"));
    assertThat(
        target.rows("SELECT outcome FROM RAG.DocumentLedger ORDER BY outcome"),
        contains("indexed", "rejected"));
  }

  @Test
  void anIdIsThatOfADocumentOrOfAPassage() throws Exception {
    String passage = "d_chunk_sentences_1";
    Ledger undivided = new Ledger(run("other", "r1"), TestGraphs.tables(target));
    assertThat(
        "a document of passages with such an id",
        write("r1", document(passage, "/p", "gout")).rejected().get(0).code(),
        is("PASSAGE_ID"));

    write(ForeignRows.KEEP, 1000, undivided, List.of(document(passage, "/q", "gout")));
    BatchResult<DocumentGraph> result = write("r2", divided("d", "gout", "lupus"));
    assertThat(
        result.rejected().get(0).message(),
        startsWith(
            "a passage of d has the id of the document d_chunk_sentences_1 of the pipeline"));
    assertThat(documents(), contains(passage + "|gout"));

    write("r3", divided("e", "gout", "lupus"));
    result =
        write(
            ForeignRows.KEEP,
            1000,
            undivided,
            List.of(
                document("e_chunk_sentences_1", "/r", "rash"),
                document("e_chunk_sentences_2", "/s", "rash")));
    assertThat(
        result.rejected().get(0).message(),
        is(
            "e_chunk_sentences_1 is the id of a passage of the document e of the pipeline"
                + " pipeline"));
    assertThat(
        target.rows(
            "SELECT doc_id FROM RAG.SourceDocuments WHERE SUBSTRING(text_content, 1, 9) = 'rash'"),
        contains("e_chunk_sentences_2"));
  }

  @Test
  void anIdOfAPassageLeavesTheDocumentOfAnotherPipelineAsItIs() throws Exception {
    String passage = "d_chunk_sentences_1";
    write(
        ForeignRows.KEEP,
        1000,
        new Ledger(run("other", "r1"), TestGraphs.tables(target)),
        List.of(document(passage, "/p", "gout")));

    BatchResult<DocumentGraph> result = write("r2", document(passage, "/p", "rash"));

    assertThat(result.rejected().get(0).code(), is(Ledger.OTHER_PIPELINE));
    assertThat(
        target.rows(
            "SELECT pipeline, stale, seen_run_id FROM RAG.DocumentLedger WHERE outcome ="
                + " 'indexed'"),
        contains("other|0|r1"));
  }

  @Test
  void theEntitiesOfOthersInAPassageAreKeptWithTheDocumentOrReplaced() throws Exception {
    write("r1", divided("d", "gout", "lupus", "rash"));
    String theirs = UUID.randomUUID().toString();
    target.execute(Layout.entity(theirs, "d_chunk_sentences_2"));

    assertThat(write("r2", divided("d", "gout", "lupus")).metrics().held(), is(0));
    assertThat(
        target.rows("SELECT source_doc_id FROM RAG.Entities WHERE entity_name = 'theirs'"),
        contains("d"));
    assertThat(documents(), hasSize(3));

    target.execute(
        "UPDATE RAG.Entities SET source_doc_id = 'd_chunk_sentences_1' WHERE entity_name ="
            + " 'theirs'");
    BatchResult<DocumentGraph> result =
        write(
            ForeignRows.REPLACE,
            1000,
            new Ledger(run("pipeline", "r3"), tables),
            List.of(divided("d", "gout", "lupus")));
    assertThat(result.metrics().foreignReplaced(), is(1));
    assertThat(
        target.rows("SELECT entity_id FROM RAG.Entities WHERE entity_name = 'theirs'"),
        is(empty()));
  }
}

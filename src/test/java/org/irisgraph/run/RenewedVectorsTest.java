package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.irisgraph.embed.EmbeddingServer;
import org.irisgraph.embed.MiniLm;
import org.irisgraph.iris.spec.StorageMode;
import org.irisgraph.options.Embeddings;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.PassageStrategy;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.report.FailedRunException;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run does when nothing has changed but the embedding model. */
@Tag("slow")
class RenewedVectorsTest {

  private static final String GOUT = "Gout is treated with colchicine.";
  private static final String LONG =
      "Aspirin is a drug against pain and fever. Colchicine is a drug against gout and little"
          + " else.";
  private static final int DIMENSION = 5;

  @TempDir private Path corpus;
  private final EmbeddingServer server = new EmbeddingServer(DIMENSION);
  private IndexingRun indexing;

  @BeforeEach
  void writeCorpus() throws Exception {
    Files.writeString(corpus.resolve("dictionary.tsv"), "gout\tDISEASE\ncolchicine\tDRUG\n");
    Files.writeString(corpus.resolve("a.txt"), GOUT);
    Files.writeString(corpus.resolve("b.txt"), LONG);
    indexing = new IndexingRun(corpus);
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    indexing.close();
  }

  private Consumer<IndexingOptions> model(String name) {
    return options -> {
      options.setInput(List.of(corpus + "/*.txt"));
      options.setEmbeddings(Embeddings.ENDPOINT);
      options.setEmbeddingUrl(server.url());
      options.setEmbeddingModel(name);
      options.setRetrySeconds(1);
    };
  }

  private void noModel(IndexingOptions options) {
    options.setInput(List.of(corpus + "/*.txt"));
  }

  private List<String> vectors() throws Exception {
    return indexing.rows("SELECT embedding FROM RAG.SourceDocuments ORDER BY doc_id").stream()
        .map(row -> row.replaceAll("[\\[\\] ]", ""))
        .toList();
  }

  private static List<String> computed(String... texts) {
    return Stream.of(texts).map(text -> EmbeddingServer.unit(text, DIMENSION).toString()).toList();
  }

  /** Makes what a run writes beside vectors visible, and takes the vectors away. */
  private void spoil() throws Exception {
    indexing.execute("UPDATE RAG.SourceDocuments SET embedding = NULL");
    indexing.execute("UPDATE RAG.Entities SET description = 'spoiled'");
  }

  private void assertNothingWasExtracted(Summary summary, long documents) throws Exception {
    assertThat(summary.documents().unchanged(), is(documents));
    assertThat(indexing.rows("SELECT DISTINCT description FROM RAG.Entities"), contains("spoiled"));
    assertThat(indexing.rows("SELECT DISTINCT attempts FROM RAG.DocumentLedger"), contains("1"));
  }

  @ParameterizedTest
  @EnumSource
  void anotherModelRenewsVectorsAndNothingElse(StorageMode mode) throws Exception {
    Consumer<IndexingOptions> e5 =
        model("e5")
            .andThen(
                options -> {
                  options.setStorageMode(mode);
                  if (mode == StorageMode.INDIVIDUAL) {
                    IndexingRun.flink(options);
                  }
                });
    indexing.run(model("bge"));
    spoil();

    assertNothingWasExtracted(indexing.run(e5), 2);
    assertThat(vectors(), is(computed(GOUT, LONG)));

    int asked = server.requests().size();
    indexing.run(e5);
    assertThat("an unchanged corpus asks for nothing", server.requests(), hasSize(asked));
  }

  @Test
  void passagesGetVectorsOfTheirOwnAgain() throws Exception {
    Consumer<IndexingOptions> divided =
        options -> {
          options.setPassages(PassageStrategy.SENTENCES);
          options.setPassageSize(50);
          options.setPassageOverlap(0);
          // Fewer than the rows of one document: its vectors take several transactions.
          options.setBatchRows(2);
        };
    indexing.run(model("bge").andThen(divided));
    List<String> before = vectors();
    spoil();

    assertNothingWasExtracted(indexing.run(model("e5").andThen(divided)), 2);

    assertThat(vectors(), is(before));
    assertThat(before, hasSize(4));
    int asked = server.requests().size();
    indexing.run(model("e5").andThen(divided));
    assertThat(server.requests(), hasSize(asked));
  }

  /** One document after the other is stored in passages, in several transactions. */
  @ParameterizedTest
  @EnumSource
  void theVectorsOfEntitiesAndRelationshipsAreRenewedWithAnotherModel(StorageMode mode)
      throws Exception {
    Consumer<IndexingOptions> settings =
        options -> {
          options.setStorageMode(mode);
          options.setPassages(PassageStrategy.SENTENCES);
          options.setPassageSize(50);
          options.setPassageOverlap(0);
          options.setBatchRows(2);
        };
    indexing.run(
        model("bge").andThen(settings).andThen(options -> options.setEmbeddings(Embeddings.NONE)));
    indexing.execute("ALTER TABLE RAG.SourceDocuments DROP COLUMN embedding");
    for (String column :
        List.of(
            "SourceDocuments ADD embedding",
            "Entities ADD embedding",
            "EntityRelationships ADD relation_embedding")) {
      indexing.execute("ALTER TABLE RAG.%s REAL ARRAY[5]".formatted(column));
    }

    spoil();
    indexing.execute(
        "INSERT INTO RAG.Entities (entity_id, entity_name, entity_type, source_doc_id)"
            + " SELECT 'foreign', 'theirs', 'DRUG', MIN(doc_id) FROM RAG.SourceDocuments");

    indexing.run(model("bge").andThen(settings));

    assertThat(server.timesAsked("co_occurs_with: Gout → colchicine"), is(1L));
    List<String> before = vectorsOfGraph();
    assertThat(before, hasItem("Gout|" + EmbeddingServer.unit("Gout", DIMENSION)));
    assertThat(before, hasItem("theirs|null"));
    indexing.execute("UPDATE RAG.Entities SET embedding = NULL");
    indexing.execute("UPDATE RAG.EntityRelationships SET relation_embedding = NULL");
    assertNothingOwnWasExtracted(indexing.run(model("e5").andThen(settings)));
    assertThat(vectorsOfGraph(), is(before));
    int asked = server.requests().size();
    assertNothingOwnWasExtracted(indexing.run(model("e5").andThen(settings)));
    assertThat(server.requests(), hasSize(asked));
  }

  private void assertNothingOwnWasExtracted(Summary summary) throws Exception {
    indexing.execute("UPDATE RAG.Entities SET description = 'spoiled' WHERE entity_id = 'foreign'");
    assertNothingWasExtracted(summary, 2);
  }

  private List<String> vectorsOfGraph() throws Exception {
    return Stream.of(
            "SELECT entity_name, embedding FROM RAG.Entities ORDER BY entity_id",
            "SELECT relationship_type, relation_embedding FROM RAG.EntityRelationships"
                + " ORDER BY relationship_id")
        .flatMap(query -> rows(query).stream())
        .map(row -> row.replaceAll("[\\[\\] ]", ""))
        .toList();
  }

  private List<String> rows(String query) {
    try {
      return indexing.rows(query);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aModelAfterNoneAddsVectorsAndNoneLeavesThem() throws Exception {
    indexing.run(model("bge").andThen(options -> options.setEmbeddings(Embeddings.NONE)));
    indexing.execute("ALTER TABLE RAG.SourceDocuments DROP COLUMN embedding");
    indexing.execute("ALTER TABLE RAG.SourceDocuments ADD embedding REAL ARRAY[5]");
    spoil();

    assertNothingWasExtracted(indexing.run(model("bge")), 2);
    assertThat(vectors(), is(computed(GOUT, LONG)));

    int asked = server.requests().size();
    assertNothingWasExtracted(indexing.run(this::noModel), 2);
    assertThat(vectors(), is(computed(GOUT, LONG)));

    Files.writeString(corpus.resolve("a.txt"), "Gout.");
    indexing.run(this::noModel);
    assertThat(indexing.run(model("bge")).documents().unchanged(), is(2L));
    assertThat(vectors(), is(computed("Gout.", LONG)));
    assertThat("only what has changed is sent", server.timesAsked(LONG), is(1L));
    assertThat(server.requests(), hasSize(asked + 1));
  }

  @Test
  void aRunThatFailsHalfwayIsContinued() throws Exception {
    Consumer<IndexingOptions> one = options -> options.setEmbeddingBatchTexts(1);
    for (int i = 0; i < 6; i++) {
      Files.writeString(corpus.resolve("c" + i + ".txt"), "Gout, number " + i + ".");
    }
    indexing.run(model("bge"));
    List<String> before = vectors();
    spoil();
    server.usually(asked -> asked.texts().contains(GOUT) ? asked.fails(503, "no") : asked.good());
    List<String> sent = new ArrayList<>();

    assertThrows(FailedRunException.class, () -> indexing.run(model("e5").andThen(one)));
    server.usually(
        asked -> {
          sent.addAll(asked.texts());
          return asked.good();
        });
    assertNothingWasExtracted(indexing.run(model("e5").andThen(one)), 8);

    assertThat(vectors(), is(before));
    assertThat(sent.stream().filter(GOUT::equals).toList(), hasSize(1));
    assertThat(
        "no text is paid for twice", sent.stream().distinct().toList(), hasSize(sent.size()));
  }

  @Test
  void aTextThatTheNewModelDoesNotEmbedIsNamed() throws Exception {
    indexing.run(model("bge"));
    server.usually(
        asked -> asked.texts().contains(GOUT) ? asked.fails(400, "no gout") : asked.good());

    Summary summary = indexing.run(model("e5"));

    assertThat(summary.documents().stale(), is(1L));
    assertThat(summary.documents().unchanged(), is(1L));
    assertThat(
        indexing.rows("SELECT reasons FROM RAG.DocumentLedger WHERE stale = 1"),
        contains(containsString("EMBEDDING_BAD_REQUEST")));

    server.usually(EmbeddingServer.Asked::good);
    indexing.run(model("e5"));
    assertThat(indexing.rows("SELECT 1 FROM RAG.DocumentLedger WHERE stale = 1"), is(empty()));
    assertThat(vectors(), is(computed(GOUT, LONG)));
  }

  @Test
  void aDocumentThatTheFormerModelDidNotEmbedIsIndexed() throws Exception {
    server.usually(
        asked -> asked.texts().contains(GOUT) ? asked.fails(400, "no gout") : asked.good());
    assertThat(indexing.run(model("bge")).documents().rejected(), is(1L));

    server.usually(EmbeddingServer.Asked::good);
    Summary summary = indexing.run(model("e5"));

    assertThat(summary.documents().indexed(), is(1L));
    assertThat(vectors(), is(computed(GOUT, LONG)));
  }

  @Test
  void aDocumentThatAnotherFileGivesTooKeepsItsPlace() throws Exception {
    Files.writeString(corpus.resolve("b.jsonl"), line("Lupus."));
    indexing.run(lines("bge"));
    Files.writeString(corpus.resolve("a.jsonl"), line("Gout."));
    Files.writeString(corpus.resolve("c.jsonl"), line("Mumps."));

    Summary summary = indexing.run(lines("e5"));

    assertThat(summary.documents().rejected(), is(2L));
    assertThat(vectors(), is(computed("Gout.")));
  }

  private static String line(String text) {
    return "{\"id\": \"d\", \"text\": \"%s\"}".formatted(text);
  }

  private Consumer<IndexingOptions> lines(String name) {
    return model(name).andThen(options -> options.setInput(List.of(corpus + "/*.jsonl")));
  }

  @Test
  void aReplayOfAFileThatBrokeOffRenewsTheVectorsOfItsOtherDocuments() throws Exception {
    String good = "id,text\na,%s\n".formatted(GOUT);
    Path file = Files.writeString(corpus.resolve("a.csv"), good + "d,\"Lupus.\n");
    Consumer<IndexingOptions> records = options -> options.setInput(List.of(file.toString()));
    assertThat(indexing.run(model("bge").andThen(records)).documents().rejected(), is(1L));
    spoil();
    Files.writeString(file, good + "d,Lupus.\n");

    indexing.replay(null, model("e5").andThen(records));

    assertThat(vectors(), is(computed(GOUT, "Lupus.")));
    assertThat(indexing.rows("SELECT DISTINCT description FROM RAG.Entities"), contains("spoiled"));
  }

  /** Earlier versions kept one hash of the settings of extraction and the model. */
  @Test
  void documentsOfAnEarlierVersionAreUnchangedOrGetVectorsOnly() throws Exception {
    List<String> former = new ArrayList<>();
    indexing.run(model("bge"));
    indexing.job(noting("bge", former));
    spoil();
    indexing.execute("UPDATE RAG.DocumentLedger SET fingerprint = '%s'".formatted(former.get(0)));
    int asked = server.requests().size();

    assertNothingWasExtracted(indexing.run(model("bge")), 2);
    assertThat("the same model is asked for the dimension", server.requests(), hasSize(asked + 1));

    former.clear();
    indexing.job(noting(MiniLm.QUANTISED.identity(), former));
    indexing.execute("UPDATE RAG.DocumentLedger SET fingerprint = '%s'".formatted(former.get(0)));
    assertNothingWasExtracted(indexing.run(model("bge")), 2);
    assertThat("another model", vectors(), is(computed(GOUT, LONG)));
  }

  private Consumer<IndexingOptions> noting(String model, List<String> former) {
    return model("bge").andThen(options -> former.addAll(formerFingerprints(options, model)));
  }

  private static List<String> formerFingerprints(IndexingOptions options, String model) {
    try {
      return RunPlan.fingerprint(options, ExtractionLoader.load(options))
          .former()
          .entrySet()
          .stream()
          .filter(entry -> entry.getValue().contains(model))
          .map(Map.Entry::getKey)
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

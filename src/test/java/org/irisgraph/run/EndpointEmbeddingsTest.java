package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.irisgraph.embed.EmbeddingServer;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.options.Embeddings;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.PassageStrategy;
import org.irisgraph.report.EmbeddingFigures;
import org.irisgraph.report.FailedRunException;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vectors of an embedding model behind an endpoint, in whole runs. */
class EndpointEmbeddingsTest {

  private static final String GOUT = "Gout is treated with colchicine.";
  private static final String KEY = "sk-0123456789abcdef0123456789abcdef";
  private static final int DIMENSION = 5;

  @TempDir private Path corpus;
  private final EmbeddingServer server = new EmbeddingServer(DIMENSION);

  @BeforeEach
  void writeCorpus() throws Exception {
    Files.writeString(corpus.resolve("dictionary.tsv"), "gout\tDISEASE\ncolchicine\tDRUG\n");
    Files.writeString(corpus.resolve("key"), KEY);
    Files.writeString(corpus.resolve("a.txt"), GOUT);
    Files.writeString(corpus.resolve("b.txt"), "Colchicine.");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Consumer<IndexingOptions> settings() {
    return options -> {
      options.setInput(List.of(corpus + "/*.txt"));
      options.setEmbeddings(Embeddings.ENDPOINT);
      options.setEmbeddingUrl(server.url());
      options.setEmbeddingModel("bge");
      options.setEmbeddingApiKeyFrom("file:" + corpus.resolve("key"));
      options.setEmbeddingPrice(2.0);
      options.setRetrySeconds(1);
    };
  }

  private static List<String> vectors(IndexingRun indexing) throws Exception {
    return indexing.rows("SELECT embedding FROM RAG.SourceDocuments ORDER BY doc_id").stream()
        .map(row -> row.replaceAll("[\\[\\] ]", ""))
        .toList();
  }

  private static List<String> computed(String... texts) {
    return Stream.of(texts).map(text -> EmbeddingServer.unit(text, DIMENSION).toString()).toList();
  }

  private List<String> sent() {
    return server.requests().stream().flatMap(asked -> asked.texts().stream()).sorted().toList();
  }

  @Test
  void eachTextIsSentOnceAndStoredWithItsVector() throws Exception {
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      Summary first = indexing.run(settings());

      assertThat(vectors(indexing), is(computed(GOUT, "Colchicine.")));
      assertThat(
          indexing.rows(
              "SELECT data_type_sql('RAG', 'SOURCEDOCUMENTS', 'TABLE', dtd_identifier) FROM"
                  + " information_schema.columns WHERE table_name = 'SOURCEDOCUMENTS' AND"
                  + " column_name = 'EMBEDDING'"),
          contains("REAL ARRAY[5]"));
      assertThat(sent(), contains("Aspirin is given against pain.", "Colchicine.", GOUT));
      EmbeddingFigures used = Objects.requireNonNull(first.embeddingModel());
      assertThat(used.vectors(), is(2L));
      assertThat(used.tokens(), is(14L));
      assertThat(used.cost(), is(2.8e-5));

      assertThat(indexing.run(settings()).documents().unchanged(), is(2L));
      assertThat("not even the dimension is asked for", sent(), hasSize(3));

      Files.writeString(corpus.resolve("b.txt"), "Gout.");
      indexing.run(settings());
      assertThat(server.timesAsked("Gout."), is(1L));
      assertThat(server.timesAsked(GOUT), is(1L));
      assertThat(vectors(indexing), is(computed(GOUT, "Gout.")));
    }
  }

  @Test
  void anEstimateCountsWhatARunWouldSendAndSendsNothing() throws Exception {
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      String before = indexing.estimate(settings());
      assertThat(server.requests(), is(empty()));
      assertThat(
          before,
          allOf(
              containsString("test would ask bge; nothing was sent"),
              containsString("documents     2: 0 unchanged, 2 to embed"),
              containsString("vectors       2 from bge, calls about 1"),
              containsString("their cost    about 0.0000")));

      indexing.run(settings());
      Files.writeString(corpus.resolve("b.txt"), "Gout. ".repeat(30));
      int asked = server.requests().size();

      String after =
          indexing.estimate(
              settings()
                  .andThen(
                      options -> {
                        options.setPassages(PassageStrategy.SENTENCES);
                        options.setPassageSize(100);
                        options.setPassageOverlap(0);
                      }));
      assertThat(after, containsString("vectors       3 from bge"));
      after = indexing.estimate(settings());
      assertThat(after, containsString("documents     2: 1 unchanged, 1 to embed"));
      assertThat(after, containsString("vectors       1 from bge"));
      assertThat(
          indexing.estimate(settings().andThen(options -> options.setEmbeddingModel("e5"))),
          containsString("documents     2: 0 unchanged, 2 to embed"));
      assertThat(server.requests(), hasSize(asked));
    }
  }

  @Tag("slow")
  @Test
  void anotherDictionaryIsNotPaidFor() throws Exception {
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      indexing.run(settings());
      Files.writeString(corpus.resolve("dictionary.tsv"), "gout\tDISEASE\n");

      assertThat(indexing.run(settings()).documents().indexed(), is(2L));

      assertThat(server.timesAsked(GOUT), is(1L));
      assertThat(vectors(indexing), is(computed(GOUT, "Colchicine.")));
    }
  }

  @Tag("slow")
  @Test
  void aTextThatIsNotEmbeddedIsRejectedAndReplayed() throws Exception {
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      server.usually(
          asked -> asked.texts().contains(GOUT) ? asked.fails(400, "no gout") : asked.good());

      assertThat(indexing.run(settings()).documents().rejected(), is(1L));
      assertThat(vectors(indexing), is(computed("Colchicine.")));
      assertThat(
          indexing.rows("SELECT reasons FROM RAG.DocumentLedger WHERE outcome = 'rejected'").get(0),
          allOf(containsString("EMBEDDING_BAD_REQUEST"), not(containsString(KEY))));

      server.usually(EmbeddingServer.Asked::good);
      indexing.replay(null, settings());
      assertThat(vectors(indexing), is(computed(GOUT, "Colchicine.")));
    }
  }

  @Test
  void aColumnOfAnotherDimensionEndsTheRunBeforeItStarts() throws Exception {
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      indexing.run(settings().andThen(options -> options.setEmbeddings(Embeddings.NONE)));

      String message =
          assertThrows(StoreException.Configuration.class, () -> indexing.run(settings()))
              .getMessage();

      assertThat(
          message,
          allOf(
              containsString("column embedding of table RAG.SourceDocuments"),
              containsString("384 numbers"),
              containsString("have 5"),
              containsString("ALTER TABLE RAG.SourceDocuments ADD embedding REAL ARRAY[5]")));
      assertThat(server.requests(), hasSize(1));
    }
  }

  @Test
  @Tag("slow")
  void anOutageRejectsNothing() throws Exception {
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      server.next(EmbeddingServer.Asked::good).usually(asked -> asked.fails(503, "down"));

      assertThat(
          assertThrows(FailedRunException.class, () -> indexing.run(settings())).getCause(),
          is(notNullValue()));
      assertThat(indexing.rows("SELECT COUNT(*) FROM RAG.DocumentLedger"), contains("0"));

      server.usually(EmbeddingServer.Asked::good);
      indexing.run(settings());
      assertThat(vectors(indexing), is(computed(GOUT, "Colchicine.")));
    }
  }
}

package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.irisgraph.embed.EmbeddingServer;
import org.irisgraph.options.Embeddings;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.report.FailedRunException;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run does with the vectors of the nodes that it publishes. */
@Tag("slow")
class PublishedVectorsTest {

  private static final int DIMENSION = 5;

  @TempDir private Path corpus;
  private final EmbeddingServer server = new EmbeddingServer(DIMENSION);
  private IndexingRun indexing;

  @BeforeEach
  void writeCorpus() throws Exception {
    Files.writeString(corpus.resolve("dictionary.tsv"), "gout\tDISEASE\ncolchicine\tDRUG\n");
    Files.writeString(corpus.resolve("a.txt"), "The gout is treated with colchicine.");
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
      options.setLinkEntities(LinkEntities.NODES);
      options.setGraphSchema("Graph_KG");
      options.setEmbeddings(Embeddings.ENDPOINT);
      options.setEmbeddingUrl(server.url());
      options.setEmbeddingModel(name);
      options.setEmbeddingBatchTexts(1);
      options.setRetrySeconds(1);
    };
  }

  private List<String> vectors() throws Exception {
    return indexing.rows("SELECT id, emb FROM Graph_KG.kg_NodeEmbeddings ORDER BY id").stream()
        .map(row -> row.replaceAll("[\\[\\] ]", ""))
        .toList();
  }

  private static List<String> computed(Map<String, String> names) {
    return new TreeMap<>(names)
        .entrySet().stream()
            .map(node -> node.getKey() + "|" + EmbeddingServer.unit(node.getValue(), DIMENSION))
            .toList();
  }

  private static final Map<String, String> NODES =
      Map.of("DISEASE:gout", "gout", "DRUG:colchicine", "colchicine");

  @Test
  void storesAndCountsThemOnceForEachModel() throws Exception {
    Summary first = indexing.run(model("bge"));

    assertThat(vectors(), is(computed(NODES)));
    assertThat("a text and two names", first.embeddingModel().vectors(), is(3L));
    int asked = server.requests().size();
    indexing.run(model("bge"));
    assertThat("an unchanged corpus asks for nothing", server.requests(), hasSize(asked));

    indexing.execute("UPDATE Graph_KG.kg_NodeEmbeddings SET emb = NULL");
    indexing.run(model("e5"));
    assertThat(vectors(), is(computed(NODES)));
    assertThat(server.timesAsked("gout"), is(2L));
  }

  @Test
  void aRunThatFailsHalfwayIsContinued() throws Exception {
    server.usually(asked -> asked.texts().contains("gout") ? asked.fails(503, "no") : asked.good());
    FailedRunException failed =
        assertThrows(FailedRunException.class, () -> indexing.run(model("bge")));
    assertThat("the documents are stored", failed.summary().documents().indexed(), is(1L));
    List<String> sent = new ArrayList<>();
    server.usually(
        asked -> {
          sent.addAll(asked.texts());
          return asked.good();
        });

    assertThat(indexing.run(model("bge")).documents().unchanged(), is(1L));

    assertThat(vectors(), is(computed(NODES)));
    assertThat("what was paid for is not sent again", sent, is(List.of("gout")));
  }

  @Test
  void aTableOfAnotherDimensionEndsTheRunBeforeItStarts() throws Exception {
    indexing.run(model("bge").andThen(options -> options.setEmbeddings(Embeddings.NONE)));
    indexing.execute("ALTER TABLE RAG.SourceDocuments DROP COLUMN embedding");
    indexing.execute("ALTER TABLE RAG.SourceDocuments ADD embedding REAL ARRAY[5]");
    indexing.execute(
        "CREATE TABLE Graph_KG.kg_NodeEmbeddings (id VARCHAR(256) PRIMARY KEY, emb REAL ARRAY[7])");

    assertThat(
        assertThrows(Exception.class, () -> indexing.run(model("bge"))).getMessage(),
        containsString(
            "column emb of table Graph_KG.kg_NodeEmbeddings takes vectors of 7 numbers"));
  }
}

package org.irisgraph.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import org.irisgraph.embed.EmbeddingServer;
import org.irisgraph.embed.EmbeddingSource;
import org.irisgraph.jdbc.WorkerDatabase;
import org.irisgraph.linked.LinkedGraph;
import org.irisgraph.options.Embeddings;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.plan.EmbeddingPlan;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.run.IndexingRun;
import org.joda.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run that does not end does every few seconds. */
class LinkStoredTest {

  @TempDir private Path corpus;

  @Tag("slow")
  @Test
  void theVectorsOfNodesFollowTheirPublication() throws Exception {
    Files.writeString(corpus.resolve("dictionary.tsv"), "gout\tDISEASE\n");
    Files.writeString(corpus.resolve("a.txt"), "gout");
    IndexingOptions[] options = new IndexingOptions[1];
    try (EmbeddingServer server = new EmbeddingServer(5);
        IndexingRun indexing = new IndexingRun(corpus)) {
      indexing.run(
          settings -> {
            settings.setLinkEntities(LinkEntities.NODES);
            settings.setGraphSchema("Graph_KG");
            settings.setEmbeddings(Embeddings.ENDPOINT);
            settings.setEmbeddingUrl(server.url());
            settings.setEmbeddingModel("bge");
            options[0] = settings;
          });
      // As if the graph had not been published yet.
      for (String table : new String[] {"kg_NodeEmbeddings", "rdf_labels"}) {
        indexing.execute("DELETE FROM Graph_KG." + table);
      }
      indexing.execute("DELETE FROM RAG.PublishedVectors");
      indexing.execute("DELETE FROM RAG.PublishedNodes WHERE graph_schema = '-'");
      EmbeddingSource source = EmbeddingPlan.source(options[0]).orElseThrow().ofDimension(5);
      LinkStored.LinkFn link =
          new LinkStored.LinkFn(
              new WorkerDatabase(RunPlan.connection(options[0]), Duration.standardSeconds(1)),
              source,
              "watching",
              LinkedGraph.ENTITIES);
      link.setup();
      try {
        link.processElement(options[0]);
        assertThat(
            indexing.rows("SELECT id FROM Graph_KG.kg_NodeEmbeddings"), contains("DISEASE:gout"));
        int asked = server.requests().size();

        indexing.execute("DELETE FROM Graph_KG.kg_NodeEmbeddings");
        link.processElement(options[0]);

        assertThat("nothing is new", server.requests(), hasSize(asked));
        assertThat(indexing.rows("SELECT id FROM Graph_KG.kg_NodeEmbeddings"), is(empty()));
      } finally {
        link.teardown();
      }
    }
  }
}

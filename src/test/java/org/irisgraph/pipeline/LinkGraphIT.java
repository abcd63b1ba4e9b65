package org.irisgraph.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.transforms.Create;
import org.irisgraph.iris.SharedTarget;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.WorkerDatabase;
import org.irisgraph.linked.CorrectedRows;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.run.ExtractionLoader;
import org.irisgraph.run.IndexingRun;
import org.irisgraph.run.TermCorpus;
import org.irisgraph.runner.PipelineRunner;
import org.joda.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The linked graph is brought up to date by the workers of a runner, on PostgreSQL. */
@Tag("slow")
class LinkGraphIT {

  @RegisterExtension static final SharedTarget SERVER = new SharedTarget(TestTarget::postgres);

  /** More than are processed one by one. */
  private static final int MANY = 201;

  @TempDir private Path corpus;

  private final TestTarget target = SERVER.get();
  private IndexingOptions options;

  @BeforeEach
  void writeDocuments() throws Exception {
    target.execute("DROP SCHEMA IF EXISTS RAG CASCADE");
    TermCorpus.writeTo(corpus);
  }

  @Test
  void theDirectRunnerSumsUpPortions() throws Exception {
    sumsUpPortions(IndexingRun::direct);
  }

  @Test
  void flinkSumsUpPortions() throws Exception {
    sumsUpPortions(IndexingRun::flink);
  }

  private void sumsUpPortions(Consumer<IndexingOptions> on) throws Exception {
    try (IndexingRun indexing = indexed(LinkEntities.SAME_AS, on)) {
      List<List<String>> expected = graph(indexing);
      assertThat(expected.get(0), is(not(empty())));
      indexing.execute("DELETE FROM RAG.GraphNodes");
      indexing.execute("UPDATE RAG.GraphEdges SET documents = 99");
      indexing.execute(
          "DELETE FROM RAG.EntityRelationships WHERE relationship_type = 'same_as'"
              + " AND source_entity_id < (SELECT MAX(entity_id) FROM RAG.Entities)");
      addChanges(indexing, MANY);

      on.accept(options);
      CorrectedRows corrected = link();

      assertThat(graph(indexing), is(expected));
      assertThat(corrected.nodesWritten(), is((long) TermCorpus.TERMS));
      assertThat(corrected.edgesWritten(), is((long) TermCorpus.TERMS));
      on.accept(options);
      assertThat("nothing is left to be done", link().isEmpty(), is(true));
      assertThat(graph(indexing), is(expected));
    }
  }

  @Test
  void oneWorkerDoesWhatFewChangesNeed() throws Exception {
    try (IndexingRun indexing = indexed(LinkEntities.NODES, IndexingRun::direct)) {
      List<List<String>> expected = graph(indexing);
      indexing.execute("DELETE FROM RAG.GraphNodes WHERE node_key = 'DISEASE:term0'");
      indexing.execute("DELETE FROM RAG.GraphNodes WHERE node_key = 'DISEASE:term5'");
      indexing.execute(
          "INSERT INTO RAG.GraphChanges (change_key, document_id)"
              + " SELECT '%s', source_doc_id FROM RAG.Entities WHERE entity_name = 'term0'"
                  .formatted(UUID.randomUUID())
              + " ORDER BY 2 LIMIT 1");

      CorrectedRows corrected = link();

      assertThat(corrected.nodesWritten(), is(1L));
      expected.get(0).removeIf(node -> node.startsWith("DISEASE:term5|"));
      assertThat(graph(indexing), is(expected));
    }
  }

  @Test
  void oneWorkerDoesItEveryFewSecondsOfARunThatDoesNotEnd() throws Exception {
    try (IndexingRun indexing = indexed(LinkEntities.NODES, IndexingRun::direct)) {
      List<List<String>> expected = graph(indexing);
      indexing.execute("DELETE FROM RAG.GraphNodes");
      addChanges(indexing, MANY);
      LinkStored.LinkFn link =
          new LinkStored.LinkFn(
              new WorkerDatabase(RunPlan.connection(options), Duration.ZERO), null, "watching");
      link.setup();
      try {
        link.processElement(options);
      } finally {
        link.teardown();
      }
      assertThat(graph(indexing), is(expected));
    }
  }

  /** A database into which the documents were indexed. */
  private IndexingRun indexed(LinkEntities links, Consumer<IndexingOptions> on) throws Exception {
    IndexingRun indexing =
        new IndexingRun(corpus, target::useIn, Database.connect(target.settings()));
    indexing.run(
        settings -> {
          on.accept(settings);
          settings.setLinkEntities(links);
          options = settings;
        });
    return indexing;
  }

  private static void addChanges(IndexingRun indexing, int changes) throws Exception {
    for (int i = 0; i < changes; i++) {
      indexing.execute(
          "INSERT INTO RAG.GraphChanges (change_key, document_id) VALUES ('%s', '0a.txt')"
              .formatted(UUID.randomUUID()));
    }
  }

  private CorrectedRows link() throws Exception {
    try (PipelineRunner runner = PipelineRunner.of(options)) {
      Pipeline pipeline = Pipeline.create(runner.options());
      RunPlan plan = RunPlan.of(options, "linking", ExtractionLoader.load(options));
      pipeline.apply(Create.of(0L)).apply(new LinkGraph(plan, 5));
      PipelineResult result = runner.run(pipeline);
      assertThat(result.waitUntilFinish(), is(PipelineResult.State.DONE));
      return LinkingCounters.of(result);
    }
  }

  private static List<List<String>> graph(IndexingRun indexing) throws Exception {
    return List.of(
        indexing.rows("SELECT * FROM RAG.GraphNodes ORDER BY node_key"),
        indexing.rows("SELECT * FROM RAG.GraphEdges ORDER BY edge_key"),
        indexing.contents().get("relationships"),
        indexing.rows("SELECT change_key FROM RAG.GraphChanges WHERE change_key < 'turn'"));
  }
}

package org.irisgraph.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.transforms.Create;
import org.awaitility.Awaitility;
import org.irisgraph.graphrag.TestGraphs;
import org.irisgraph.iris.SharedTarget;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.Database;
import org.irisgraph.linked.CorrectedRows;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.run.ExtractionLoader;
import org.irisgraph.run.IndexingRun;
import org.irisgraph.run.TermCorpus;
import org.irisgraph.runner.PipelineRunner;
import org.irisgraph.source.DocumentGraphCoder;
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

  private static final int WRITERS = 4;

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
  void severalConnectionsOfARunThatDoesNotEndSumUpPortions() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (IndexingRun indexing = indexed(LinkEntities.SAME_AS, IndexingRun::flink)) {
      List<List<String>> expected = graph(indexing);
      indexing.execute("DELETE FROM RAG.GraphNodes");
      addChanges(indexing, MANY);
      // Each connection waits until the lock is free.
      indexing.execute(
          "CREATE FUNCTION RAG.wait() RETURNS trigger LANGUAGE plpgsql AS"
              + " $$ BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN NEW; END $$");
      indexing.execute(
          "CREATE TRIGGER wait BEFORE INSERT ON RAG.GraphNodes"
              + " FOR EACH ROW EXECUTE FUNCTION RAG.wait()");
      indexing.execute("SELECT pg_advisory_lock(1)");
      Future<Void> linking = executor.submit(this::linkStored);
      Awaitility.await()
          .atMost(1, TimeUnit.MINUTES)
          .until(
              () ->
                  indexing.rows(
                      "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"),
              hasSize(WRITERS - 1));
      indexing.execute("SELECT pg_advisory_unlock(1)");
      linking.get();

      assertThat(graph(indexing), is(expected));
    } finally {
      executor.shutdownNow();
    }
  }

  private Void linkStored() throws Exception {
    IndexingRun.flink(options);
    options.setWriters(WRITERS);
    try (PipelineRunner runner = PipelineRunner.of(options)) {
      Pipeline pipeline = Pipeline.create(runner.options());
      RunPlan plan = RunPlan.of(options, "watching", ExtractionLoader.load(options));
      pipeline
          .apply(
              Create.of(TestGraphs.document("a", "a.txt", "gout"))
                  .withCoder(new DocumentGraphCoder()))
          .apply(new LinkStored(plan, 5));
      runner.run(pipeline).waitUntilFinish();
    }
    return null;
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

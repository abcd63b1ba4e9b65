package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.irisgraph.iris.spec.OnBadRow;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.Reindex;
import org.irisgraph.pipeline.ReconcileLedger;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.report.FailedRunException;
import org.irisgraph.report.Summary;
import org.irisgraph.source.DocumentGraphCoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The row of a run in the table of runs. */
class RunRecordTest {

  private static final String COUNTS =
      "SELECT outcome, documents_read, documents_indexed, documents_unchanged, documents_rejected"
          + " FROM RAG.IndexingRuns ORDER BY started_at";

  @TempDir private Path directory;
  private IndexingRun indexing;

  @BeforeEach
  void writeCorpus() throws Exception {
    Files.writeString(directory.resolve("a.txt"), "Asthma and gout.");
    Files.write(directory.resolve("b.txt"), new byte[] {(byte) 0xFF, (byte) 0xFE, 'a'});
    Files.writeString(directory.resolve("dictionary.tsv"), "asthma\tDISEASE\ngout\tDISEASE\n");
    indexing = new IndexingRun(directory);
  }

  @AfterEach
  void close() throws Exception {
    indexing.close();
  }

  @Test
  void hasTheFiguresOfTheSummaryAndEndsARowThatWasLeftOpen() throws Exception {
    Summary first = indexing.run(options -> {});

    assertThat(
        indexing.rows(
            "SELECT run_id, pipeline, outcome, phase, documents_read, documents_indexed,"
                + " documents_rejected, entity_rows, relationship_rows,"
                + " CASE WHEN ended_at >= started_at THEN 1 ELSE 0 END, run_millis"
                + " FROM RAG.IndexingRuns"),
        is(
            List.of(
                String.join(
                    "|",
                    first.runId(),
                    "test",
                    "partial",
                    "null",
                    Long.toString(first.documents().read()),
                    Long.toString(first.documents().indexed()),
                    Long.toString(first.documents().rejected()),
                    Long.toString(first.rows().get("RAG.Entities").committed()),
                    Long.toString(first.rows().get("RAG.EntityRelationships").committed()),
                    "1",
                    Long.toString(Math.round(first.seconds() * 1000))))));

    // As a kill leaves it.
    indexing.execute(
        "UPDATE RAG.IndexingRuns SET outcome = 'running', ended_at = NULL, documents_read = 1,"
            + " documents_indexed = 0, documents_rejected = 0");
    // Of each pipeline the last hundred are kept.
    indexing.execute(
        "INSERT INTO RAG.IndexingRuns (run_id, pipeline, outcome, started_at, renewed_at, ended_at)"
            + " SELECT '2000-' || (100 + x), CASE WHEN x <= 120 THEN 'test' ELSE 'other' END,"
            + " 'succeeded', d, d, d FROM (SELECT x, DATEADD(SECOND, x, DATE '2000-01-01') AS d FROM SYSTEM_RANGE(1, 125))");
    Summary second = indexing.run(options -> {});

    assertThat(
        indexing.rows(
            "SELECT pipeline, COUNT(*), MIN(run_id) FROM RAG.IndexingRuns"
                + " GROUP BY pipeline ORDER BY pipeline"),
        is(List.of("other|5|2000-221", "test|100|2000-123")));
    indexing.execute("DELETE FROM RAG.IndexingRuns WHERE run_id LIKE '2000-%'");
    assertThat(
        indexing.rows(COUNTS),
        is(
            List.of(
                "abandoned|%d|%d|0|%d"
                    .formatted(
                        first.documents().read(),
                        first.documents().indexed(),
                        first.documents().rejected()),
                "partial|%d|0|%d|%d"
                    .formatted(
                        second.documents().read(),
                        second.documents().unchanged(),
                        second.documents().rejected()))));
  }

  @Tag("slow")
  @Test
  void aRunGoesOnWithoutTheTableAndCreatesItOnlyIfItMay() throws Exception {
    indexing.run(options -> {});
    indexing.execute("DROP TABLE RAG.IndexingRuns");

    indexing.run(options -> options.setCreateTables(false));
    assertThat(runTables(), is("0"));

    // A table that it may not write.
    indexing.execute("CREATE VIEW RAG.IndexingRuns AS SELECT 'a' AS run_id FROM RAG.Entities");
    assertThat(indexing.run(RunRecordTest::reindex).documents().indexed(), is(1L));

    indexing.execute("DROP VIEW RAG.IndexingRuns");
    indexing.execute(
        "ALTER TABLE RAG.Entities ADD CONSTRAINT never CHECK (entity_name IS NULL) NOCHECK");
    assertThrows(
        FailedRunException.class,
        () ->
            indexing.run(
                options -> {
                  reindex(options);
                  options.setOnBadRow(OnBadRow.STOP);
                }));
    assertThat(indexing.rows("SELECT outcome FROM RAG.IndexingRuns"), is(List.of("failed")));
  }

  @Test
  void aWorkerEndsTheRowOfADetachedRun() throws Exception {
    List<IndexingOptions> settings = new ArrayList<>();
    Summary run = indexing.run(settings::add);
    IndexingOptions options = settings.get(0);
    indexing.execute(
        "UPDATE RAG.IndexingRuns SET outcome = 'running', ended_at = NULL, documents_read = 0,"
            + " documents_indexed = 0, documents_rejected = 0");

    Pipeline flow = Pipeline.create(options);
    flow.apply(Create.empty(new DocumentGraphCoder()))
        .apply(
            new ReconcileLedger(RunPlan.of(options, run.runId(), ExtractionLoader.load(options))));
    flow.run().waitUntilFinish();

    assertThat(indexing.rows(COUNTS), is(List.of("partial|2|1|0|1")));
    assertThat(indexing.rows("SELECT COUNT(ended_at) FROM RAG.IndexingRuns"), is(List.of("1")));
  }

  private static void reindex(IndexingOptions options) {
    options.setReindex(Reindex.ALL);
  }

  private String runTables() throws Exception {
    return indexing
        .rows("SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'INDEXINGRUNS'")
        .get(0);
  }
}

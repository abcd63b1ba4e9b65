package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.irisgraph.document.format.InputFormat;
import org.irisgraph.document.format.SourceReader;
import org.irisgraph.jdbc.Database;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.Settings;
import org.irisgraph.options.SettingsFile;
import org.irisgraph.pipeline.IndexingPipeline;
import org.irisgraph.plan.RunId;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.runner.PipelineRunner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Batches are stored while documents are still being extracted: with an extraction of 50 ms, the
 * time from the first document read to the first commit is at most a quarter of that to the last.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("slow")
class FirstCommitIT {

  private static final int DOCUMENTS = 300;
  private static final int ENTITIES = 10;
  private static final long EXTRACTION_MILLIS = 50;

  @TempDir private Path directory;

  /** Seconds since the first document was read. */
  private record Commits(double first, double last, long documents) {
    double share() {
      return first / last;
    }
  }

  @Test
  void storesTheFirstDocumentsOfAFileBeforeTheLastAreExtracted() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      lines.add("{\"id\":\"d%d\",\"text\":\"%s\"}".formatted(i, text(i)));
    }
    Files.write(directory.resolve("documents.jsonl"), lines);

    storesEarly("/*.jsonl");
  }

  @Test
  void storesTheFirstOfManyFilesBeforeTheLastAreExtracted() throws Exception {
    for (int i = 0; i < DOCUMENTS; i++) {
      Files.writeString(directory.resolve("d%d.txt".formatted(i)), text(i));
    }

    storesEarly("/*.txt");
  }

  private void storesEarly(String files) throws Exception {
    // The first run of a JVM pays for loading the classes in the middle of what is measured.
    run(files, 0);
    Commits commits = run(files, EXTRACTION_MILLIS);

    assertThat(commits.documents(), is((long) DOCUMENTS));
    assertThat(commits.toString(), commits.share(), is(lessThanOrEqualTo(0.25)));
  }

  /** Runs the flow on embedded Flink with the settings that are handed out for it. */
  private Commits run(String files, long extractionMillis) throws Exception {
    IndexingOptions options =
        new Settings(
                new KnownOptions(),
                List.of(SettingsFile.read(Path.of("runner-configs/flink-local.yaml"))),
                List.of())
            .toOptions();
    String url = "jdbc:h2:mem:" + UUID.randomUUID();
    options.setJdbcUrl(url);
    options.setInput(List.of(directory + files));
    options.setDictionary(dictionary().toString());
    FirstRead.forget();
    RunPlan plan = plan(options);
    try (Connection connection = Database.connect(plan.connection());
        IndexingRun target = new IndexingRun(directory, unused -> {}, connection);
        PipelineRunner runner = PipelineRunner.of(options)) {
      plan.targetTables().create(connection);
      Pipeline pipeline = Pipeline.create(runner.options());
      IndexingPipeline.build(pipeline, plan, new SlowExtraction(plan, extractionMillis));
      PipelineExecution.await(pipeline.run());
      String millis = "EXTRACT(EPOCH FROM %s(written_at)) * 1000";
      String[] row =
          target
              .rows(
                  "SELECT %s, %s, COUNT(*) FROM RAG.DocumentLedger WHERE outcome = 'indexed'"
                      .formatted(millis.formatted("MIN"), millis.formatted("MAX")))
              .get(0)
              .split("\\|", 3);
      return new Commits(seconds(row[0]), seconds(row[1]), Long.parseLong(row[2]));
    }
  }

  private static double seconds(String millis) {
    return (Double.parseDouble(millis) - FirstRead.millis()) / 1000;
  }

  private static RunPlan plan(IndexingOptions options) throws IOException {
    return RunPlan.of(options, RunId.create(Clock.systemUTC()), ExtractionLoader.load(options))
        .toBuilder()
        .setReader(
            new SourceReader(new FirstRead(), InputFormat.AUTO, options.getMaxDocumentBytes()))
        .setMetadataLength(2000)
        .build();
  }

  private Path dictionary() throws IOException {
    StringBuilder dictionary = new StringBuilder("term\ttype\n");
    for (int i = 0; i < ENTITIES; i++) {
      dictionary.append("disease%d\tDISEASE\n".formatted(i));
    }
    return Files.writeString(directory.resolve("dictionary.tsv"), dictionary);
  }

  private static String text(int document) {
    StringBuilder text = new StringBuilder("Report %d.".formatted(document));
    for (int i = 0; i < ENTITIES; i += 2) {
      text.append(" The patient had disease%d, and disease%d was ruled out.".formatted(i, i + 1));
    }
    return text.toString();
  }
}

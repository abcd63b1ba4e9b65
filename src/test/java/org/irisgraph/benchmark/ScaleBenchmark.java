package org.irisgraph.benchmark;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.Database;
import org.irisgraph.lease.PipelineLease;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.Setting;
import org.irisgraph.options.Settings;
import org.irisgraph.options.SettingsFile;
import org.irisgraph.pipeline.IndexingPipeline;
import org.irisgraph.plan.RunId;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.run.ExtractionLoader;
import org.irisgraph.run.PipelineExecution;
import org.irisgraph.run.PremadeGraphs;
import org.irisgraph.runner.PipelineRunner;

/**
 * The flow with an extraction of known cost, into PostgreSQL: how much faster two threads are than
 * one if extraction takes all the time, and what the flow and the database take if it takes none.
 * Two sizes separate start-up from marginal rate.
 */
public final class ScaleBenchmark {

  private static final int SMALL = 5;

  private final TestTarget server;
  private final Path directory;
  private final int repetitions;

  private ScaleBenchmark(TestTarget server, Path directory, int repetitions) {
    this.server = server;
    this.directory = directory;
    this.repetitions = repetitions;
  }

  /**
   * A case.
   *
   * @param runner the file in runner-configs, without its ending
   * @param flags what is set beside it
   * @param rounds of SHA-256 over 64 KB for each document
   * @param documents of the large run; the small one has a fifth
   */
  private record Load(String runner, List<Setting> flags, int entities, int rounds, int documents) {

    @Override
    public String toString() {
      StringBuilder name = new StringBuilder(runner);
      for (Setting flag : flags) {
        name.append(" --").append(flag.name()).append('=').append(flag.values().get(0));
      }
      return name.toString();
    }

    /** Extraction takes about as long as that of a trained model. */
    static Load ofExtraction(int parallelism) {
      return new Load("flink-local", List.of(flag("parallelism", parallelism)), 5, 300, 2_000);
    }

    /** A hundred rows for each document. */
    static Load ofStoring(String runner, Setting... flags) {
      return new Load(runner, List.of(flags), 50, 0, 10_000);
    }

    private static Setting flag(String option, Object value) {
      return Setting.flag(option, List.of(value.toString()));
    }
  }

  /** Takes the number of repetitions. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createDirectories(Path.of("target/benchmark/scale"));
    try (TestTarget postgres = TestTarget.postgres()) {
      ScaleBenchmark benchmark =
          new ScaleBenchmark(postgres, directory, Integer.parseInt(arguments[0]));
      benchmark.speedUp(List.of(Load.ofExtraction(1), Load.ofExtraction(2)));
      System.out.println();
      benchmark.rates(
          List.of(
              Load.ofStoring("direct"),
              Load.ofStoring("flink-local"),
              Load.ofStoring("flink-local", Load.flag("objectReuse", true)),
              Load.ofStoring("flink-local", Load.flag("checkpointingInterval", 10_000)),
              Load.ofStoring("flink-local", Load.flag("streaming", false))));
    }
  }

  private void speedUp(List<Load> loads) throws Exception {
    double[] millis = measure(loads);
    System.out.println("| extraction takes all the time | ms for a document more | speed-up |");
    System.out.println("|---|---|---|");
    for (int i = 0; i < millis.length; i++) {
      System.out.printf("| %s | %.2f | %.2f |%n", loads.get(i), millis[i], millis[0] / millis[i]);
    }
  }

  private void rates(List<Load> loads) throws Exception {
    double[] millis = measure(loads);
    System.out.println("| extraction takes no time | documents/s | rows/s |");
    System.out.println("|---|---|---|");
    for (int i = 0; i < millis.length; i++) {
      double rate = 1000 / millis[i];
      System.out.printf(
          "| %s | %,.0f | %,.0f |%n", loads.get(i), rate, rate * 2 * loads.get(i).entities());
    }
  }

  /** Milliseconds for a document more, of each load; the loads take turns. */
  private double[] measure(List<Load> loads) throws Exception {
    double[][] millis = new double[loads.size()][repetitions];
    for (Load load : loads) {
      // The first run of a JVM pays for loading the classes.
      seconds(load, load.documents() / SMALL);
    }
    for (int i = 0; i < repetitions; i++) {
      for (int load = 0; load < millis.length; load++) {
        int documents = loads.get(load).documents();
        int few = documents / SMALL;
        double small = seconds(loads.get(load), few);
        double large = seconds(loads.get(load), documents);
        millis[load][i] = 1000 * (large - small) / (documents - few);
        System.err.printf(
            "%s: %.2f s for %,d documents, %.2f s for %,d%n",
            loads.get(load), small, few, large, documents);
      }
    }
    return Arrays.stream(millis).mapToDouble(Median::of).toArray();
  }

  private double seconds(Load load, int documents) throws Exception {
    server.execute("DROP SCHEMA IF EXISTS RAG CASCADE", "CHECKPOINT");
    IndexingOptions options =
        new Settings(
                new KnownOptions(),
                List.of(
                    SettingsFile.read(Path.of("runner-configs/%s.yaml".formatted(load.runner())))),
                load.flags())
            .toOptions();
    options.setJdbcUrl(server.settings().jdbcUrl());
    options.setJdbcUser(server.settings().user());
    options.setInput(List.of(corpus(documents).toString()));
    options.setDictionary("pipelines/dictionaries/diseases.tsv");
    RunPlan plan =
        RunPlan.of(options, RunId.create(Clock.systemUTC()), ExtractionLoader.load(options))
            .toBuilder()
            .setMetadataLength(2000)
            .build();
    try (Connection connection = Database.connect(plan.connection());
        PipelineRunner runner = PipelineRunner.of(options)) {
      plan.targetTables().create(connection);
      double seconds;
      try (PipelineLease lease = plan.lease()) {
        lease.acquire(connection, true, () -> false);
        seconds = seconds(load, plan, runner);
      }
      long stored = server.count("RAG.SourceDocuments");
      if (stored != documents) {
        throw new IllegalStateException("%d of %d are stored".formatted(stored, documents));
      }
      return seconds;
    }
  }

  private static double seconds(Load load, RunPlan plan, PipelineRunner runner) {
    Pipeline pipeline = Pipeline.create(runner.options());
    IndexingPipeline.build(pipeline, plan, new PremadeGraphs(load.entities(), load.rounds()));
    long start = System.nanoTime();
    PipelineExecution.await(pipeline.run());
    return (System.nanoTime() - start) / 1e9;
  }

  private Path corpus(int documents) throws Exception {
    Path file = directory.resolve("documents-%d.jsonl".formatted(documents));
    if (Files.notExists(file)) {
      String text = "A document of a few words. ".repeat(20).strip();
      try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(file))) {
        for (int i = 0; i < documents; i++) {
          lines.println("{\"id\":\"scale-%06d\",\"text\":\"%s\"}".formatted(i, text));
        }
      }
    }
    return file;
  }
}

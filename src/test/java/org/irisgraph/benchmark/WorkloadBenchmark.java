package org.irisgraph.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.spec.StorageMode;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.report.Summary;
import org.irisgraph.run.IndexingJob;

/**
 * The workloads of the original specification as whole indexing runs, from files to PostgreSQL, in
 * both storage modes: reading, extraction and the start of the pipeline are in the times of the
 * runs, and not in those of storing, which are added up over the connections.
 */
public final class WorkloadBenchmark {

  /**
   * A corpus.
   *
   * @param entities of each document, all of them different
   */
  private record Workload(String name, int documents, int entities, int rttMillis) {}

  private static final int MOST_ENTITIES = 100;

  private static final List<Workload> WORKLOADS =
      List.of(
          new Workload("20 documents, 200 entities", 20, 10, 0),
          new Workload("1,000 documents", 1000, 10, 0),
          new Workload("10,000 entities of 100 documents", 100, MOST_ENTITIES, 0),
          new Workload("10,000 documents", 10_000, 10, 0),
          new Workload("20 documents, 200 entities", 20, 10, 5),
          new Workload("1,000 documents", 1000, 10, 5));

  private final TestTarget target;
  private final Path directory;

  private WorkloadBenchmark(TestTarget target, Path directory) {
    this.target = target;
    this.directory = directory;
  }

  /** Takes no arguments; prints a table. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createDirectories(Path.of("target/benchmark/workloads"));
    try (TestTarget target = TestTarget.postgres()) {
      WorkloadBenchmark benchmark = new WorkloadBenchmark(target, directory);
      // So that the first workload does not pay for loading the classes.
      benchmark.run(new Workload("warm-up", 100, 10, 0));
      System.out.printf(
          "%n| workload | RTT ms | rows | in batches | documents/s | row by row |"
              + " storing in batches | storing row by row | ratio of storing |%n"
              + "|---|---|---|---|---|---|---|---|---|%n");
      for (Workload workload : WORKLOADS) {
        System.out.println(benchmark.run(workload));
      }
    }
  }

  /** Runs a workload in both modes and gives a line of the table. */
  private String run(Workload workload) throws Exception {
    writeCorpus(workload);
    Summary batch = run(workload, StorageMode.BATCH);
    Summary individual = run(workload, StorageMode.INDIVIDUAL);
    return "| %s | %d | %,d | %.2f s | %,.0f | %.2f s | %.2f s | %.2f s | %.1f |"
        .formatted(
            workload.name(),
            workload.rttMillis(),
            batch.rows().values().stream().mapToLong(Summary.Rows::committed).sum(),
            batch.seconds(),
            workload.documents() / batch.seconds(),
            individual.seconds(),
            storing(batch),
            storing(individual),
            storing(individual) / storing(batch));
  }

  /** Seconds in transactions, added up over the connections. */
  private static double storing(Summary summary) {
    return summary.batches().committed() * summary.batches().sizes().millisMean() / 1000;
  }

  private Summary run(Workload workload, StorageMode mode) throws Exception {
    try (LatencyProxy proxy =
        LatencyProxy.before(Scenario.port(target.settings()), workload.rttMillis())) {
      return run(
          workload,
          mode,
          workload.rttMillis() == 0
              ? target.settings()
              : Scenario.through(target.settings(), proxy));
    }
  }

  private Summary run(Workload workload, StorageMode mode, ConnectionSettings settings)
      throws Exception {
    target.execute("DROP SCHEMA IF EXISTS RAG CASCADE");
    IndexingOptions options = PipelineOptionsFactory.create().as(IndexingOptions.class);
    options.setRunner(DirectRunner.class);
    options.as(DirectOptions.class).setTargetParallelism(2);
    options.as(DirectOptions.class).setEnforceEncodability(false);
    options.as(DirectOptions.class).setEnforceImmutability(false);
    options.setPipeline("benchmark");
    options.setInput(List.of(directory + "/*.jsonl"));
    options.setDictionary(directory + "/dictionary.tsv");
    options.setJdbcUrl(settings.jdbcUrl());
    options.setJdbcUser(settings.user());
    options.setCreateTables(true);
    options.setStorageMode(mode);
    Summary summary = new IndexingJob(options).run();
    long entities = target.count("RAG.Entities");
    if (entities != (long) workload.documents() * workload.entities()) {
      throw new IllegalStateException(
          "%s: %d entities are stored".formatted(workload.name(), entities));
    }
    return summary;
  }

  private void writeCorpus(Workload workload) throws IOException {
    StringBuilder dictionary = new StringBuilder("term\ttype\n");
    for (int i = 0; i < MOST_ENTITIES; i++) {
      dictionary.append("disease%d\tDISEASE\n".formatted(i));
    }
    Files.writeString(directory.resolve("dictionary.tsv"), dictionary);
    try (PrintWriter lines =
        new PrintWriter(Files.newBufferedWriter(directory.resolve("documents.jsonl")))) {
      for (int i = 0; i < workload.documents(); i++) {
        lines.println("{\"id\":\"d%d\",\"text\":\"%s\"}".formatted(i, text(i, workload)));
      }
    }
  }

  /** Two diseases to a sentence, so that each sentence makes a relationship. */
  private static String text(int document, Workload workload) {
    StringBuilder text = new StringBuilder("Report %d.".formatted(document));
    for (int i = 0; i < workload.entities(); i += 2) {
      text.append(
          " The patient was admitted with disease%d, and disease%d was ruled out by the laboratory."
              .formatted(i, i + 1));
    }
    return text.toString();
  }
}

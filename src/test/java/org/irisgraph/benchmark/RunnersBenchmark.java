package org.irisgraph.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The ways to run on one machine side by side: whole runs of the command line into an H2 file, for
 * corpora from the quickstart's to one of 16,000 documents. A way that takes its turn after the
 * others in each repetition shares their luck with the machine.
 */
public final class RunnersBenchmark {

  private static final List<Integer> DOCUMENTS = List.of(20, 4_000, 16_000);

  /** A way to run: its name in the table, and the arguments of the command line. */
  private record Runner(String name, List<String> arguments) {}

  private static final List<Runner> RUNNERS =
      List.of(
          new Runner("Direct", List.of("runner-configs/direct.yaml")),
          new Runner("Flink, streaming", List.of("runner-configs/flink-local.yaml")),
          new Runner(
              "Flink, batch", List.of("runner-configs/flink-local.yaml", "--streaming=false")));

  private final CommandLineRuns runs;
  private final RunDatabase database;
  private final int repetitions;

  private RunnersBenchmark(Path directory, int repetitions) {
    this.runs = new CommandLineRuns(directory);
    this.database = RunDatabase.h2(directory.resolve("h2"));
    this.repetitions = repetitions;
  }

  /**
   * A line of the table.
   *
   * @param firstCommitSeconds from the start of the process, as are the others
   */
  record Line(
      int documents,
      String runner,
      double firstCommitSeconds,
      double seconds,
      long peakLiveHeapBytes) {}

  /** Takes the number of repetitions. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of("target/benchmark/runners");
    GrowthCorpus corpus = GrowthCorpus.in(directory);
    RunnersBenchmark benchmark = new RunnersBenchmark(directory, Integer.parseInt(arguments[0]));
    List<Line> lines = new ArrayList<>();
    System.out.println(
        "| documents | runner | first commit after | whole run | peak live heap |\n"
            + "|---|---|---|---|---|");
    for (int documents : DOCUMENTS) {
      Path input = corpus.write(documents);
      lines.addAll(benchmark.measure(documents, input, corpus.dictionary()));
      Files.delete(input);
    }
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(Path.of("target/benchmark/runners.json").toFile(), lines);
  }

  private List<Line> measure(int documents, Path input, Path dictionary) throws Exception {
    double[][] first = new double[RUNNERS.size()][repetitions];
    double[][] whole = new double[RUNNERS.size()][repetitions];
    for (int i = 0; i < repetitions; i++) {
      for (int runner = 0; runner < RUNNERS.size(); runner++) {
        database.clear();
        whole[runner][i] = runs.seconds(arguments(runner, input, dictionary));
        runs.expect("indexed", documents);
        first[runner][i] = (database.firstCommitMillis() - runs.startMillis()) / 1000;
      }
    }
    List<Line> lines = new ArrayList<>();
    for (int runner = 0; runner < RUNNERS.size(); runner++) {
      database.clear();
      Line line =
          new Line(
              documents,
              RUNNERS.get(runner).name(),
              Median.of(first[runner]),
              Median.of(whole[runner]),
              runs.peakLiveHeap(arguments(runner, input, dictionary)));
      System.out.printf(
          "| %,d | %s | %.1f s | %.1f s | %d MB |%n",
          line.documents(),
          line.runner(),
          line.firstCommitSeconds(),
          line.seconds(),
          Math.round(line.peakLiveHeapBytes() / 1e6));
      lines.add(line);
    }
    return lines;
  }

  private List<String> arguments(int runner, Path input, Path dictionary) {
    List<String> arguments = new ArrayList<>(RUNNERS.get(runner).arguments());
    arguments.addAll(List.of("--pipeline=runners", "--input=" + input));
    arguments.add("--dictionary=" + dictionary);
    arguments.addAll(database.options());
    return arguments;
  }
}

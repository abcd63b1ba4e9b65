package org.irisgraph.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.iris.TestTarget;

/**
 * How time and memory grow with the corpus: whole runs of the command line, each in a process of
 * its own, on embedded Flink with the settings that are handed out. Times are taken by the watch,
 * from the start of the process to its end; the live heap is taken in runs of their own, since the
 * collections that tell it take time.
 */
public final class GrowthBenchmark {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final GrowthCorpus corpus;
  private final CommandLineRuns runs;
  private final int repetitions;

  private GrowthBenchmark(Path directory, int repetitions) throws IOException {
    this.corpus = GrowthCorpus.in(directory);
    this.runs = new CommandLineRuns(directory);
    this.repetitions = repetitions;
  }

  /** Takes the number of repetitions of the timed runs and the documents of the largest size. */
  public static void main(String[] arguments) throws Exception {
    int largest = Integer.parseInt(arguments[1]);
    Path directory = Path.of("target/benchmark/growth");
    GrowthBenchmark benchmark = new GrowthBenchmark(directory, Integer.parseInt(arguments[0]));
    List<Integer> sizes = List.of(largest / 64, largest / 16, largest / 4, largest);
    List<Growth> all = new ArrayList<>();
    try (TestTarget postgres = TestTarget.postgres()) {
      all.add(benchmark.measure("PostgreSQL", RunDatabase.postgres(postgres), sizes));
    }
    write(all);
    all.add(benchmark.measure("H2 in a file", RunDatabase.h2(directory.resolve("h2")), sizes));
    write(all);
  }

  /** After each database, since the whole takes long. */
  private static void write(List<Growth> all) throws IOException {
    JSON.writerWithDefaultPrettyPrinter()
        .writeValue(Path.of("target/benchmark/growth.json").toFile(), all);
  }

  private Growth measure(String name, RunDatabase database, List<Integer> sizes) throws Exception {
    List<Growth.Point> points = new ArrayList<>();
    for (int documents : sizes) {
      points.add(measure(database, documents));
      System.err.printf("%s: %s%n", name, points.get(points.size() - 1));
    }
    Growth growth = new Growth(name, points);
    System.out.printf("%n%s", growth.table());
    return growth;
  }

  private Growth.Point measure(RunDatabase database, int documents) throws Exception {
    Path input = corpus.write(documents);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("runner-configs/flink-local.yaml", "--pipeline=growth"));
    arguments.addAll(List.of("--input=" + input, "--dictionary=" + corpus.dictionary()));
    arguments.addAll(database.options());
    double[] first = new double[repetitions];
    double[] unchanged = new double[repetitions];
    for (int i = 0; i < repetitions; i++) {
      database.clear();
      first[i] = runs.seconds(arguments);
      runs.expect("indexed", documents);
      unchanged[i] = runs.seconds(arguments);
      runs.expect("unchanged", documents);
    }
    database.clear();
    long firstHeap = runs.peakLiveHeap(arguments);
    long rows = rows();
    long unchangedHeap = runs.peakLiveHeap(arguments);
    runs.expect("unchanged", documents);
    Files.delete(input);
    return new Growth.Point(
        documents, rows, Median.of(first), Median.of(unchanged), firstHeap, unchangedHeap);
  }

  private long rows() throws IOException {
    long rows = 0;
    for (JsonNode table : runs.summary().get("rows")) {
      rows += table.get("committed").asLong();
    }
    return rows;
  }
}

package org.irisgraph.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.irisgraph.Indexer;
import org.irisgraph.iris.TestTarget;

/**
 * How time and memory grow with the corpus: whole runs of the command line, each in a process of
 * its own with a heap of 1 GB, on embedded Flink with the settings that are handed out. Times are
 * taken by the watch, from the start of the process to its end; the live heap is taken in runs of
 * their own, since the collections that tell it take time.
 */
public final class GrowthBenchmark {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final GrowthCorpus corpus;
  private final int repetitions;

  private GrowthBenchmark(Path directory, int repetitions) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.corpus = GrowthCorpus.in(directory);
    this.repetitions = repetitions;
  }

  /** A database that can be emptied. */
  private interface Target {
    List<String> options();

    void clear() throws Exception;
  }

  /** Takes the number of repetitions of the timed runs and the documents of the largest size. */
  public static void main(String[] arguments) throws Exception {
    int largest = Integer.parseInt(arguments[1]);
    GrowthBenchmark benchmark =
        new GrowthBenchmark(Path.of("target/benchmark/growth"), Integer.parseInt(arguments[0]));
    List<Integer> sizes = List.of(largest / 64, largest / 16, largest / 4, largest);
    List<Growth> all = new ArrayList<>();
    try (TestTarget postgres = TestTarget.postgres()) {
      all.add(benchmark.measure("PostgreSQL", postgres(postgres), sizes));
    }
    all.add(benchmark.measure("H2 in a file", benchmark.h2(), sizes));
    JSON.writerWithDefaultPrettyPrinter()
        .writeValue(Path.of("target/benchmark/growth.json").toFile(), all);
  }

  private static Target postgres(TestTarget server) {
    return new Target() {
      @Override
      public List<String> options() {
        return List.of(
            "--jdbcUrl=" + server.settings().jdbcUrl(), "--jdbcUser=" + server.settings().user());
      }

      @Override
      public void clear() throws Exception {
        server.execute("DROP SCHEMA IF EXISTS RAG CASCADE", "CHECKPOINT");
      }
    };
  }

  private Target h2() {
    Path database = directory.resolve("h2");
    return new Target() {
      @Override
      public List<String> options() {
        return List.of("--jdbcUrl=jdbc:h2:" + database.toAbsolutePath().resolve("graph"));
      }

      @Override
      public void clear() throws IOException {
        if (Files.exists(database)) {
          try (Stream<Path> files = Files.walk(database)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
              Files.delete(file);
            }
          }
        }
      }
    };
  }

  private Growth measure(String name, Target target, List<Integer> sizes) throws Exception {
    List<Growth.Point> points = new ArrayList<>();
    for (int documents : sizes) {
      points.add(measure(target, documents));
      System.err.printf("%s: %,d documents are done%n", name, documents);
    }
    Growth growth = new Growth(name, points);
    System.out.printf("%n%s", growth.table());
    return growth;
  }

  private Growth.Point measure(Target target, int documents) throws Exception {
    Path input = corpus.write(documents);
    double[] first = new double[repetitions];
    double[] unchanged = new double[repetitions];
    for (int i = 0; i < repetitions; i++) {
      target.clear();
      first[i] = time(target, input);
      expect("indexed", documents);
      unchanged[i] = time(target, input);
      expect("unchanged", documents);
    }
    target.clear();
    long firstHeap = liveHeap(target, input);
    long rows = rows();
    long unchangedHeap = liveHeap(target, input);
    expect("unchanged", documents);
    Files.delete(input);
    return new Growth.Point(
        documents, rows, median(first), median(unchanged), firstHeap, unchangedHeap);
  }

  private double time(Target target, Path input) throws Exception {
    long start = System.nanoTime();
    run(target, input, Indexer.class.getName());
    return (System.nanoTime() - start) / 1e9;
  }

  private long liveHeap(Target target, Path input) throws Exception {
    Path peak = directory.resolve("live-heap.txt");
    run(target, input, GrowthRun.class.getName(), peak.toString());
    return Long.parseLong(Files.readString(peak));
  }

  private void run(Target target, Path input, String... main) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    // The packages of the JDK that Flink and Beam reflect on, as this JVM was given them.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(main));
    command.addAll(List.of("index", "runner-configs/flink-local.yaml", "--pipeline=growth"));
    command.addAll(List.of("--input=" + input, "--dictionary=" + corpus.dictionary()));
    command.addAll(List.of("--createTables=true", "--summary=" + summary()));
    command.addAll(target.options());
    Path log = directory.resolve("run.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(Files.readString(log));
    }
  }

  private Path summary() {
    return directory.resolve("summary.json");
  }

  private long rows() throws IOException {
    long rows = 0;
    for (JsonNode table : JSON.readTree(summary().toFile()).get("rows")) {
      rows += table.get("committed").asLong();
    }
    return rows;
  }

  private void expect(String outcome, int documents) throws IOException {
    int found = JSON.readTree(summary().toFile()).at("/documents/" + outcome).asInt();
    if (found != documents) {
      throw new IllegalStateException(
          "%d of %d documents are %s".formatted(found, documents, outcome));
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}

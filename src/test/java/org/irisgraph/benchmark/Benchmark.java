package org.irisgraph.benchmark;

import java.util.Arrays;
import java.util.List;

/** One of the benchmarks, unless only another one is asked for. */
public final class Benchmark {

  /** Placeholder for the name of a benchmark. */
  private static final String ALL = "all";

  private static final List<String> NAMES =
      List.of(
          "sink",
          "bad-rows",
          "workloads",
          "growth",
          "runners",
          "scale",
          "embedding",
          "linking",
          "ask");

  private Benchmark() {}

  /**
   * Takes the benchmark that is asked for, or {@value #ALL}, then a benchmark and its arguments.
   */
  public static void main(String[] arguments) throws Exception {
    String only = arguments[0];
    String name = arguments[1];
    if (!only.equals(ALL) && !NAMES.contains(only)) {
      throw new IllegalArgumentException(
          "benchmark.only is \"%s\"; there is %s".formatted(only, String.join(", ", NAMES)));
    }
    if (!only.equals(ALL) && !only.equals(name)) {
      return;
    }
    String[] others = Arrays.copyOfRange(arguments, 2, arguments.length);
    switch (name) {
      case "sink" -> SinkBenchmark.main(others);
      case "bad-rows" -> BadRowsBenchmark.main(others);
      case "workloads" -> WorkloadBenchmark.main(others);
      case "growth" -> GrowthBenchmark.main(others);
      case "runners" -> RunnersBenchmark.main(others);
      case "scale" -> ScaleBenchmark.main(others);
      case "embedding" -> EmbeddingBenchmark.main(others);
      case "linking" -> LinkingBenchmark.main(others);
      case "ask" -> AskBenchmark.main(others);
      default -> throw new IllegalArgumentException("no benchmark is named " + name);
    }
  }
}

package org.irisgraph.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.irisgraph.iris.IrisIO;
import org.irisgraph.iris.TestTarget;

/**
 * The sink beside the limit, plain JDBC batches with as many connections: the same documents into
 * the same PostgreSQL over TCP, in turn in one run. Start-up and marginal rate are told apart by
 * two sizes; each figure is the median of the repetitions.
 */
public final class SinkBenchmark {

  private static final int CONNECTIONS = 2;
  private static final int SMALL = 2800;
  private static final int LARGE = 14_000;

  private SinkBenchmark() {}

  private interface Case {
    void write(TestTarget target, int documents) throws Exception;
  }

  /** Takes the number of repetitions, 5 if there is none. */
  public static void main(String[] arguments) throws Exception {
    int repetitions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    Map<String, Case> cases = new LinkedHashMap<>();
    cases.put("plain JDBC batches", SinkBenchmark::plainJdbc);
    cases.put("IrisIO", SinkBenchmark::irisIo);
    List<Map<String, Object>> results = new ArrayList<>();
    try (TestTarget target = TestTarget.postgres()) {
      for (Case warmUp : cases.values()) {
        time(target, warmUp, SMALL);
      }
      Map<String, double[][]> seconds = new LinkedHashMap<>();
      cases.keySet().forEach(name -> seconds.put(name, new double[2][repetitions]));
      for (int i = 0; i < repetitions; i++) {
        for (Map.Entry<String, Case> entry : cases.entrySet()) {
          seconds.get(entry.getKey())[0][i] = time(target, entry.getValue(), SMALL);
          seconds.get(entry.getKey())[1][i] = time(target, entry.getValue(), LARGE);
        }
      }
      for (String name : cases.keySet()) {
        double small = median(seconds.get(name)[0]);
        double large = median(seconds.get(name)[1]);
        long rows = BenchmarkDocument.ROWS;
        double marginal = (LARGE - SMALL) * rows / (large - small);
        System.out.printf(
            Locale.ROOT,
            "%-20s %,9d rows %6.2f s   %,9d rows %6.2f s   marginal %,9.0f rows/s%n",
            name,
            SMALL * rows,
            small,
            LARGE * rows,
            large,
            marginal);
        results.add(result(name, SMALL * rows, small));
        results.add(result(name, LARGE * rows, large));
      }
    }
    Path file = Files.createDirectories(Path.of("target/benchmark")).resolve("sink.json");
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), results);
  }

  private static Map<String, Object> result(String name, long rows, double seconds) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("case", name);
    result.put("runner", name.equals("IrisIO") ? "DirectRunner" : "none");
    result.put("mode", "bounded");
    result.put("rttMillis", 0);
    result.put("rows", rows);
    result.put("seconds", seconds);
    result.put("rowsPerSecond", rows / seconds);
    return result;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double time(TestTarget target, Case benchmark, int documents) throws Exception {
    target.execute("DROP SCHEMA IF EXISTS B CASCADE", "CREATE SCHEMA B");
    target.execute(BenchmarkDocument.tables());
    long start = System.nanoTime();
    benchmark.write(target, documents);
    double seconds = (System.nanoTime() - start) / 1e9;
    long stored =
        target.count("B.Documents") + target.count("B.Entities") + target.count("B.Relationships");
    if (stored != documents * BenchmarkDocument.ROWS) {
      throw new IllegalStateException(
          "%d rows are stored, not %d".formatted(stored, documents * BenchmarkDocument.ROWS));
    }
    return seconds;
  }

  private static void irisIo(TestTarget target, int documents) {
    DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
    options.setTargetParallelism(2);
    options.setEnforceEncodability(false);
    options.setEnforceImmutability(false);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(GenerateSequence.from(0).to(documents))
        .apply(
            MapElements.into(TypeDescriptor.of(BenchmarkDocument.class))
                .via(number -> BenchmarkDocument.of(Math.toIntExact(number))))
        .apply(
            IrisIO.<BenchmarkDocument>write()
                .withConnection(target.settings().withWriters(CONNECTIONS))
                .withTables(BenchmarkDocument.writes())
                .withElementKey(BenchmarkDocument::id)
                .withElementRows(document -> BenchmarkDocument.RELATIONSHIPS));
    pipeline.run().waitUntilFinish();
  }

  /** Each connection takes every second document, in batches of the same rows. */
  private static void plainJdbc(TestTarget target, int documents) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<Void>> writers = new ArrayList<>();
      for (int writer = 0; writer < CONNECTIONS; writer++) {
        int first = writer;
        writers.add(
            executor.submit(
                (Callable<Void>)
                    () -> {
                      PlainJdbc.write(target.settings(), first, CONNECTIONS, documents);
                      return null;
                    }));
      }
      for (Future<Void> writer : writers) {
        writer.get();
      }
    } finally {
      executor.shutdown();
    }
  }
}

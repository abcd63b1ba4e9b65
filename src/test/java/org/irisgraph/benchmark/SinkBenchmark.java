package org.irisgraph.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.io.jdbc.JdbcIO;
import org.irisgraph.benchmark.SinkPipelines.Runner;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.jdbc.ConnectionSettings;

/**
 * The sink beside what it competes with: the same documents into the same PostgreSQL over TCP, in
 * turn in one run, also over a link with a round-trip time. Start-up and marginal rate are told
 * apart by two sizes; each figure is the median of the repetitions. Seconds of the client and of
 * the server are processor time for each 100,000 rows more.
 */
public final class SinkBenchmark {

  private static final String ROW_BY_ROW = "row by row";
  private static final String JDBC_IO = "JdbcIO, defaults";
  private static final String JDBC_IO_TUNED = "JdbcIO, driver as IrisIO's";
  private static final String IRIS_IO = "IrisIO";
  private static final String IRIS_IO_INSERT = "IrisIO, INSERT";
  private static final String PLAIN = "plain JDBC batches";
  private static final String PLAIN_INSERT = "plain JDBC batches, INSERT";

  private final int large;
  private final List<Scenario> scenarios = new ArrayList<>();

  private SinkBenchmark(int large, List<Integer> rttMillis) {
    this.large = large;
    if (rttMillis.contains(0)) {
      addDirect();
    }
    for (int millis : rttMillis) {
      if (millis > 0) {
        addLoops(millis, 250);
        addPipelines(Runner.DIRECT, true, millis, 1, JDBC_IO, JDBC_IO_TUNED);
        addPipelines(Runner.DIRECT, false, millis, 5, JDBC_IO, JDBC_IO_TUNED);
        addPipelines(Runner.FLINK, false, millis, 1, JDBC_IO, JDBC_IO_TUNED);
      }
    }
  }

  private void addDirect() {
    addLoops(0, 50);
    add(PLAIN_INSERT, "none", true, 0, 1, PlainJdbc::inserts);
    for (Runner runner : Runner.values()) {
      addIrisIo(IRIS_IO_INSERT, WriteMode.INSERT, runner, true, 0, 1);
      addPipelines(runner, true, 0, 1, JDBC_IO, JDBC_IO_TUNED);
    }
    addPipelines(Runner.DIRECT, false, 0, 5, JDBC_IO, JDBC_IO_TUNED);
    addPipelines(Runner.FLINK, false, 0, 1, JDBC_IO, JDBC_IO_TUNED);
  }

  /**
   * Takes the number of repetitions, the documents of the large run, and the round-trip times in
   * milliseconds, with commas between them.
   */
  public static void main(String[] arguments) throws Exception {
    int repetitions = Integer.parseInt(arguments[0]);
    List<Integer> rttMillis =
        Arrays.stream(arguments[2].split(",")).map(Integer::parseInt).toList();
    SinkBenchmark benchmark = new SinkBenchmark(Integer.parseInt(arguments[1]), rttMillis);
    benchmark.run(repetitions);
    benchmark.report();
    IrisMessages.report();
  }

  /** Both loops; that which is slow gets fewer rows by this divisor. The limit comes last. */
  private void addLoops(int rttMillis, int divisor) {
    add(ROW_BY_ROW, "none", true, rttMillis, divisor, PlainJdbc::rowByRow);
    add(PLAIN, "none", true, rttMillis, 1, PlainJdbc::batches);
  }

  /** IrisIO first, next to the limit, so that what else the machine does is the same for both. */
  private void addPipelines(
      Runner runner, boolean bounded, int rttMillis, int divisor, String... jdbcIoCases) {
    addIrisIo(IRIS_IO, WriteMode.UPSERT, runner, bounded, rttMillis, divisor);
    for (String name : jdbcIoCases) {
      add(
          name,
          runner.label,
          bounded,
          rttMillis,
          divisor,
          (settings, documents) ->
              SinkPipelines.jdbcIo(
                  runner, bounded, dataSource(settings, name.equals(JDBC_IO_TUNED)), documents));
    }
  }

  private void addIrisIo(
      String name, WriteMode mode, Runner runner, boolean bounded, int rttMillis, int divisor) {
    add(
        name,
        runner.label,
        bounded,
        rttMillis,
        divisor,
        (settings, documents) -> SinkPipelines.irisIo(runner, bounded, mode, settings, documents));
  }

  private void add(
      String name,
      String runner,
      boolean bounded,
      int rttMillis,
      int divisor,
      Scenario.Writer writer) {
    int documents = large / divisor;
    scenarios.add(
        new Scenario(
            name,
            runner,
            bounded ? "bounded" : "unbounded",
            rttMillis,
            documents / 5,
            documents,
            writer));
  }

  private static JdbcIO.DataSourceConfiguration dataSource(
      ConnectionSettings settings, boolean tuned) {
    JdbcIO.DataSourceConfiguration source =
        JdbcIO.DataSourceConfiguration.create("org.postgresql.Driver", settings.jdbcUrl())
            .withUsername(settings.user())
            .withPassword("");
    return tuned ? source.withConnectionProperties("reWriteBatchedInserts=true") : source;
  }

  private void run(int repetitions) throws Exception {
    try (TestTarget target = TestTarget.postgres()) {
      for (Scenario scenario : scenarios) {
        if (scenario.rttMillis() == 0) {
          scenario.count(target);
        }
      }
      for (int repetition = 1; repetition <= repetitions; repetition++) {
        for (Scenario scenario : scenarios) {
          scenario.measure(target);
        }
        writeMeasurements();
        System.err.printf("repetition %d of %d is done%n", repetition, repetitions);
      }
    }
  }

  private void writeMeasurements() throws IOException {
    Measurement.write(
        Path.of("target/benchmark/sink.json"),
        scenarios.stream().flatMap(scenario -> scenario.measurements().stream()).toList());
  }

  private void report() {
    System.out.println(
        "| case | runner | input | RTT ms | small run | large run | marginal rows/s |"
            + " of the limit | round trips | client s | of the limit | server s |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|");
    for (Scenario scenario : scenarios) {
      Scenario limit =
          scenarios.stream()
              .filter(other -> other.is(PLAIN, scenario.rttMillis()))
              .findFirst()
              .orElseThrow();
      System.out.println(scenario.line(limit));
    }
  }
}

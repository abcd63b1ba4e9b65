package org.irisgraph.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.ConnectionSettings;

/** A case on a runner over a link, in a small and a large run, and the times that it took. */
final class Scenario {

  /** Writes so many documents. */
  @FunctionalInterface
  interface Writer {
    void write(ConnectionSettings settings, int documents) throws Exception;
  }

  private final String name;
  private final String runner;
  private final String mode;
  private final int rttMillis;
  private final Writer writer;
  private final List<Size> sizes;

  private static final class Size {
    private final int documents;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> clientSeconds = new ArrayList<>();
    private final List<Double> serverSeconds = new ArrayList<>();
    private long roundTrips;

    private Size(int documents) {
      this.documents = documents;
    }

    private void forget() {
      seconds.clear();
      clientSeconds.clear();
      serverSeconds.clear();
    }
  }

  /** Sizes are in documents; without latency the link is direct. */
  Scenario(
      String name, String runner, String mode, int rttMillis, int small, int large, Writer writer) {
    this.name = name;
    this.runner = runner;
    this.mode = mode;
    this.rttMillis = rttMillis;
    this.writer = writer;
    this.sizes = List.of(new Size(small), new Size(large));
  }

  /** Runs both sizes through a proxy that counts: what has a latency is measured in this. */
  void count(TestTarget target) throws Exception {
    for (Size size : sizes) {
      run(target, size, true);
      size.forget();
    }
  }

  /** Runs both sizes and keeps the times. */
  void measure(TestTarget target) throws Exception {
    for (Size size : sizes) {
      run(target, size, rttMillis > 0);
    }
  }

  private void run(TestTarget target, Size size, boolean throughProxy) throws Exception {
    target.execute("DROP SCHEMA IF EXISTS B CASCADE", "CREATE SCHEMA B");
    target.execute(BenchmarkDocument.tables());
    target.execute("CHECKPOINT");
    System.gc();
    if (throughProxy) {
      try (LatencyProxy proxy = LatencyProxy.before(port(target.settings()), rttMillis)) {
        time(target, through(target.settings(), proxy), size);
        size.roundTrips = proxy.roundTrips();
      }
    } else {
      time(target, target.settings(), size);
    }
    long stored =
        target.count("B.Documents") + target.count("B.Entities") + target.count("B.Relationships");
    if (stored != size.documents * BenchmarkDocument.ROWS) {
      throw new IllegalStateException(
          "%s: %d rows are stored, not %d"
              .formatted(name, stored, size.documents * BenchmarkDocument.ROWS));
    }
  }

  private void time(TestTarget target, ConnectionSettings settings, Size size) throws Exception {
    ProcessorTime before = ProcessorTime.now(target);
    long start = System.nanoTime();
    writer.write(settings, size.documents);
    size.seconds.add((System.nanoTime() - start) / 1e9);
    ProcessorTime used = ProcessorTime.now(target).since(before);
    size.clientSeconds.add(used.client());
    size.serverSeconds.add(used.server());
  }

  static int port(ConnectionSettings settings) {
    return Integer.parseInt(settings.jdbcUrl().replaceFirst(".*127\\.0\\.0\\.1:(\\d+)/.*", "$1"));
  }

  static ConnectionSettings through(ConnectionSettings settings, LatencyProxy proxy) {
    return new ConnectionSettings(
        settings.jdbcUrl().replace(":" + port(settings) + "/", ":" + proxy.port() + "/"),
        settings.user(),
        settings.password(),
        settings.properties(),
        settings.writers());
  }

  /** The small run and the large one. */
  List<Measurement> measurements() {
    return sizes.stream()
        .map(
            size ->
                new Measurement(
                    name,
                    runner,
                    mode,
                    rttMillis,
                    size.documents * BenchmarkDocument.ROWS,
                    Median.of(size.seconds),
                    Median.of(size.clientSeconds),
                    Median.of(size.serverSeconds),
                    size.roundTrips))
        .toList();
  }

  /** A line of a table, with the marginal rate and processor time as shares of the limit's. */
  String line(Scenario limit) {
    Measurement small = measurements().get(0);
    Measurement large = measurements().get(1);
    double rate = marginalRate();
    double client = marginalSeconds(Measurement::clientSeconds);
    return ("| %s | %s | %s | %d | %.2f s for %,d | %.2f s for %,d | %,.0f | %.0f %% | %,d |"
            + " %.3f | %.2f | %.3f |")
        .formatted(
            name,
            runner,
            mode,
            rttMillis,
            small.seconds(),
            small.rows(),
            large.seconds(),
            large.rows(),
            rate,
            100 * rate / limit.marginalRate(),
            large.roundTrips(),
            client,
            client / limit.marginalSeconds(Measurement::clientSeconds),
            marginalSeconds(Measurement::serverSeconds));
  }

  /** Seconds for each 100,000 rows beyond the start-up. */
  private double marginalSeconds(ToDoubleFunction<Measurement> seconds) {
    Measurement small = measurements().get(0);
    Measurement large = measurements().get(1);
    return 1e5
        * (seconds.applyAsDouble(large) - seconds.applyAsDouble(small))
        / (large.rows() - small.rows());
  }

  private double marginalRate() {
    return Measurement.marginalRate(measurements().get(0), measurements().get(1));
  }

  boolean is(String otherName, int otherRttMillis) {
    return name.equals(otherName) && rttMillis == otherRttMillis;
  }

  int rttMillis() {
    return rttMillis;
  }

  @Override
  public String toString() {
    return "%s, %s, %s, %d ms".formatted(name, runner, mode, rttMillis).toLowerCase(Locale.ROOT);
  }
}

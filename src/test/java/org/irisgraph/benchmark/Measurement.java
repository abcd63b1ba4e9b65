package org.irisgraph.benchmark;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One line of {@code target/benchmark/sink.json}.
 *
 * @param name what wrote the rows
 * @param runner the Beam runner, {@code none} without Beam
 * @param mode {@code bounded} or {@code unbounded} input
 * @param rttMillis what the proxy added to each round trip, 0 without a proxy
 * @param rows of all tables
 * @param seconds the median of the repetitions
 * @param clientSeconds processor time of this JVM, likewise
 * @param serverSeconds processor time of the database's processes, likewise
 * @param roundTrips of the whole run over all connections
 */
@JsonPropertyOrder({
  "case",
  "runner",
  "mode",
  "rttMillis",
  "rows",
  "seconds",
  "clientSeconds",
  "serverSeconds",
  "rowsPerSecond",
  "roundTrips"
})
record Measurement(
    @JsonProperty("case") String name,
    String runner,
    String mode,
    int rttMillis,
    long rows,
    double seconds,
    double clientSeconds,
    double serverSeconds,
    long roundTrips) {

  @JsonProperty
  double rowsPerSecond() {
    return rows / seconds;
  }

  /** Rows per second beyond the start-up, from a small and a large run. */
  static double marginalRate(Measurement small, Measurement large) {
    return (large.rows - small.rows) / (large.seconds - small.seconds);
  }

  static void write(Path file, List<Measurement> measurements) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), measurements);
  }
}

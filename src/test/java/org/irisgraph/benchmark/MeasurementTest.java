package org.irisgraph.benchmark;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementTest {

  @Test
  void writesAListOfCases(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("new/sink.json");

    Measurement.write(
        file,
        List.of(new Measurement("IrisIO", "DirectRunner", "bounded", 5, 1000, 2.0, 0.5, 1.5, 12)));

    assertThat(
        new ObjectMapper().readValue(file.toFile(), List.class),
        is(
            List.of(
                Map.of(
                    "case",
                    "IrisIO",
                    "runner",
                    "DirectRunner",
                    "mode",
                    "bounded",
                    "rttMillis",
                    5,
                    "rows",
                    1000,
                    "seconds",
                    2.0,
                    "clientSeconds",
                    0.5,
                    "serverSeconds",
                    1.5,
                    "rowsPerSecond",
                    500.0,
                    "roundTrips",
                    12))));
  }

  /** 4,000 rows more take 2 seconds more; one second is start-up. */
  @Test
  void leavesTheStartUpOutOfTheMarginalRate() {
    Measurement small = new Measurement("IrisIO", "none", "bounded", 0, 1000, 1.5, 0, 0, 1);
    Measurement large = new Measurement("IrisIO", "none", "bounded", 0, 5000, 3.5, 0, 0, 1);

    assertThat(Measurement.marginalRate(small, large), closeTo(2000, 1e-6));
  }
}

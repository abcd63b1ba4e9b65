package org.irisgraph.runner;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** All that is tested on a Flink cluster of separate JVMs, which is started once. */
@Tag("slow")
class FlinkClusterIT {

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    FlinkClusterFixture.start(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    FlinkClusterFixture.stop();
  }

  @Nested
  class Runs extends FlinkClusterRuns {}

  @Nested
  class Faults extends FlinkClusterFaults {}
}

package org.irisgraph.run;

import java.util.concurrent.TimeUnit;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** Whole runs with the real IRIS driver on the stand-in for its server. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class WholeRunIrisIT extends WholeRunContract {

  private static TestTarget server;

  @BeforeAll
  static void start() throws Exception {
    server = TestTarget.iris(IrisWireServer.start(InsertPath.FAST));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Override
  protected TestTarget target() {
    return server;
  }

  @Override
  protected String schema() {
    return "RAG";
  }
}

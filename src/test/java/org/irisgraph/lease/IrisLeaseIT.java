package org.irisgraph.lease;

import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.IrisWireServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** With the real IRIS driver, on the stand-in for its server. */
class IrisLeaseIT extends LeaseContract {

  private static TestTarget server;

  @BeforeAll
  static void start() throws Exception {
    server = TestTarget.iris(IrisWireServer.start());
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Override
  protected TestTarget target() {
    return server;
  }
}

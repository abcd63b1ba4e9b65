package org.irisgraph.lease;

import org.irisgraph.iris.TestTarget;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresLeaseIT extends LeaseContract {

  private static TestTarget server;

  @BeforeAll
  static void start() throws Exception {
    server = TestTarget.postgres();
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

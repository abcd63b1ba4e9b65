package org.irisgraph.linked;

import org.irisgraph.iris.TestTarget;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class LinkedGraphPostgresIT extends LinkedGraphContract {

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
  TestTarget open() {
    return server;
  }

  @Override
  void release(TestTarget used) {}
}

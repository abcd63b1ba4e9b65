package org.irisgraph.iris;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The sink on a real PostgreSQL server. */
class PostgresBatchWriterIT extends BatchWriterContract {

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
  void release(TestTarget target) {}
}

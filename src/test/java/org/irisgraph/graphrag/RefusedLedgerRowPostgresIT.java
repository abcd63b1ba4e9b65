package org.irisgraph.graphrag;

import org.irisgraph.iris.TestTarget;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On a database whose encoding is LATIN1. */
class RefusedLedgerRowPostgresIT extends RefusedLedgerRowContract {

  private static TestTarget server;

  @BeforeAll
  static void start() throws Exception {
    server = TestTarget.latin1Postgres();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Override
  TestTarget open() {
    return server;
  }

  /** The encoding does. */
  @Override
  void refuseOtherThanLatin1() {}

  @Override
  void release(TestTarget used) {}
}

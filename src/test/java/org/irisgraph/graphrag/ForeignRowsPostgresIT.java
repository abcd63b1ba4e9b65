package org.irisgraph.graphrag;

import org.irisgraph.iris.TestTarget;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "{0}")
@EnumSource(Layout.class)
class ForeignRowsPostgresIT extends ForeignRowsContract {

  /** One server for all tests of a layout: it takes seconds to start. */
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

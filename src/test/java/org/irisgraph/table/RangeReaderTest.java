package org.irisgraph.table;

import org.irisgraph.iris.TestTarget;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Reads rows of H2. */
class RangeReaderTest extends RangeReaderContract {

  private static TestTarget h2;

  @BeforeAll
  static void open() throws Exception {
    h2 = TestTarget.h2();
  }

  @AfterAll
  static void close() throws Exception {
    h2.close();
  }

  @Override
  TestTarget target() {
    return h2;
  }
}

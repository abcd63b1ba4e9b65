package org.irisgraph.iris;

/** The sink on H2 in memory. */
class H2BatchWriterTest extends BatchWriterContract {

  @Override
  TestTarget open() throws Exception {
    return TestTarget.h2();
  }

  @Override
  void release(TestTarget target) throws Exception {
    target.close();
  }
}

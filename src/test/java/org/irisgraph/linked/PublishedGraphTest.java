package org.irisgraph.linked;

import org.irisgraph.iris.TestTarget;

class PublishedGraphTest extends PublishedGraphContract {

  @Override
  TestTarget open() throws Exception {
    return TestTarget.h2();
  }

  @Override
  void release(TestTarget used) throws Exception {
    used.close();
  }
}

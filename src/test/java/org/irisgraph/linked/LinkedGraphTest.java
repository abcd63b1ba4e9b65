package org.irisgraph.linked;

import org.irisgraph.iris.TestTarget;

class LinkedGraphTest extends LinkedGraphContract {

  @Override
  TestTarget open() throws Exception {
    return TestTarget.h2();
  }

  @Override
  void release(TestTarget used) throws Exception {
    used.close();
  }
}

package org.irisgraph.linked;

import org.irisgraph.iris.TestTarget;

class LinkedGraphTest extends LinkedGraphContract {

  @Override
  protected TestTarget open() throws Exception {
    return TestTarget.h2();
  }
}

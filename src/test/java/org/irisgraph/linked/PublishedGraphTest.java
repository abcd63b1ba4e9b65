package org.irisgraph.linked;

import org.irisgraph.iris.TestTarget;

class PublishedGraphTest extends PublishedGraphContract {

  @Override
  protected TestTarget open() throws Exception {
    return TestTarget.h2();
  }
}

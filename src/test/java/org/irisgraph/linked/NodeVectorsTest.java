package org.irisgraph.linked;

import org.irisgraph.iris.TestTarget;

class NodeVectorsTest extends NodeVectorsContract {

  @Override
  protected TestTarget open() throws Exception {
    return TestTarget.h2();
  }
}

package org.irisgraph.graphrag;

import org.irisgraph.iris.TestTarget;

class StoredVectorsTest extends StoredVectorsContract {

  @Override
  protected TestTarget open() throws Exception {
    return TestTarget.h2();
  }
}

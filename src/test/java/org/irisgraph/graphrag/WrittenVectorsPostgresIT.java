package org.irisgraph.graphrag;

import org.irisgraph.iris.TestTarget;

class WrittenVectorsPostgresIT extends WrittenVectorsContract {

  @Override
  protected TestTarget open() throws Exception {
    return TestTarget.postgres();
  }
}

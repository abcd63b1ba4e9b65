package org.irisgraph.linked;

import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;

/** The same through the real driver. */
class PublishedGraphIrisIT extends PublishedGraphContract {

  @Override
  protected TestTarget open() throws Exception {
    return TestTarget.iris(IrisWireServer.start(InsertPath.FAST));
  }
}

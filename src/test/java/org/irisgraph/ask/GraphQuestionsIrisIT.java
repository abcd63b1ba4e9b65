package org.irisgraph.ask;

import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;

/** The same through the real driver. */
class GraphQuestionsIrisIT extends GraphQuestionsContract {

  @Override
  protected TestTarget open() throws Exception {
    return TestTarget.iris(IrisWireServer.start(InsertPath.FAST));
  }
}

package org.irisgraph.ask;

import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.junit.jupiter.api.Tag;

/** The same through the real driver. */
@Tag("slow")
class GraphQuestionsIrisIT extends GraphQuestionsContract {

  @Override
  protected TestTarget open() throws Exception {
    return TestTarget.iris(IrisWireServer.start(InsertPath.FAST));
  }
}

package org.irisgraph.graphrag;

import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;

/** Through the real driver, without savepoints. */
class RefusedLedgerRowIrisIT extends RefusedLedgerRowContract {

  @Override
  TestTarget open() throws Exception {
    return TestTarget.iris(IrisWireServer.start(InsertPath.FAST));
  }

  @Override
  void refuseOtherThanLatin1() throws Exception {
    target.execute(LATIN1_CHECKS);
  }

  @Override
  void release(TestTarget used) throws Exception {
    used.close();
  }
}

package org.irisgraph.ledger;

import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;

/** Through the real driver, without savepoints. */
class RefusedLedgerRowIrisIT extends RefusedLedgerRowContract {

  @Override
  protected TestTarget open() throws Exception {
    return TestTarget.iris(IrisWireServer.start(InsertPath.FAST));
  }
}

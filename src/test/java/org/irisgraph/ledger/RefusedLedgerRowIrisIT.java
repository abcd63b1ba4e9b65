package org.irisgraph.ledger;

import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.junit.jupiter.api.Tag;

/** Through the real driver, without savepoints. */
@Tag("slow")
class RefusedLedgerRowIrisIT extends RefusedLedgerRowContract {

  @Override
  protected TestTarget open() throws Exception {
    return TestTarget.iris(IrisWireServer.start(InsertPath.FAST));
  }
}

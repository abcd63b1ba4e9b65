package org.irisgraph.ledger;

import org.irisgraph.iris.TestTarget;

class RefusedLedgerRowTest extends RefusedLedgerRowContract {

  @Override
  protected TestTarget open() throws Exception {
    return TestTarget.h2();
  }
}

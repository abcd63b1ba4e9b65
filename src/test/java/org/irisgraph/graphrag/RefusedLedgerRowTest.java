package org.irisgraph.graphrag;

import org.irisgraph.iris.TestTarget;

class RefusedLedgerRowTest extends RefusedLedgerRowContract {

  @Override
  TestTarget open() throws Exception {
    return TestTarget.h2();
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

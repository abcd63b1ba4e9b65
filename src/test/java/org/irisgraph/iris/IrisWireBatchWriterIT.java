package org.irisgraph.iris;

import org.irisgraph.iris.wire.BadRow;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.junit.jupiter.api.Nested;

/**
 * The sink through the real IRIS driver, whatever the server does with the other rows of a batch
 * that has a bad one: which of the three a real server does is not established.
 */
class IrisWireBatchWriterIT {

  private abstract static class OnStandIn extends BatchWriterContract {

    private final BadRow badRow;

    OnStandIn(BadRow badRow) {
      this.badRow = badRow;
    }

    @Override
    TestTarget open() throws Exception {
      IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
      server.onBadRow(badRow);
      return TestTarget.iris(server);
    }

    @Override
    void release(TestTarget target) throws Exception {
      target.close();
    }
  }

  @Nested
  class GoesOnAfterABadRow extends OnStandIn {
    GoesOnAfterABadRow() {
      super(BadRow.CONTINUE);
    }
  }

  @Nested
  class StopsAtTheFirstBadRow extends OnStandIn {
    StopsAtTheFirstBadRow() {
      super(BadRow.STOP_AT_FIRST);
    }
  }

  @Nested
  class RefusesABatchWithABadRow extends OnStandIn {
    RefusesABatchWithABadRow() {
      super(BadRow.REFUSE_BATCH);
    }
  }
}

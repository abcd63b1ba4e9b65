package org.irisgraph.iris;

import java.io.IOException;
import java.sql.SQLException;
import org.irisgraph.iris.wire.BadRow;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;

/**
 * The databases for {@link BatchStorageContractIT}. How a real IRIS treats the other rows of a
 * batch with a bad row is not known: the sink has to be right for all three possible answers.
 */
public enum ContractTarget {
  H2(null),
  POSTGRESQL(null),
  IRIS_THAT_GOES_ON(BadRow.CONTINUE),
  IRIS_THAT_STOPS_AT_A_BAD_ROW(BadRow.STOP_AT_FIRST),
  IRIS_THAT_REFUSES_THE_BATCH(BadRow.REFUSE_BATCH);

  /** One server for all tests: it takes seconds to start. */
  private static TestTarget postgres;

  private final BadRow badRow;

  ContractTarget(BadRow badRow) {
    this.badRow = badRow;
  }

  /** A database, which the test closes. */
  TestTarget open() throws IOException, SQLException {
    return switch (this) {
      case H2 -> TestTarget.h2();
      case POSTGRESQL -> sharedPostgres();
      case IRIS_THAT_GOES_ON, IRIS_THAT_STOPS_AT_A_BAD_ROW, IRIS_THAT_REFUSES_THE_BATCH -> {
        IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
        server.onBadRow(badRow);
        yield TestTarget.iris(server);
      }
    };
  }

  private static synchronized TestTarget sharedPostgres() throws IOException, SQLException {
    if (postgres == null) {
      postgres = TestTarget.postgres();
    }
    return postgres.borrowed();
  }

  static synchronized void closeAll() throws IOException, SQLException {
    if (postgres != null) {
      postgres.close();
      postgres = null;
    }
  }
}

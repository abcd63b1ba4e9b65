package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where several threads that link entities get their connections. */
@FunctionalInterface
public interface FurtherConnections {

  /** There are none. */
  FurtherConnections NONE = work -> Optional.empty();

  /**
   * Runs work on a further connection, with auto-commit on and without a time limit: a portion may
   * be large, and a server sends nothing until it has summed it up. Is called by several threads.
   *
   * @return empty if there is none
   */
  Optional<CorrectedRows> run(Database.Query<CorrectedRows> work)
      throws SQLException, StoreException;

  /** Opens connections, as long as the server admits them. */
  static FurtherConnections opened(ConnectionSettings settings) {
    Logger log = LoggerFactory.getLogger(FurtherConnections.class);
    return work -> {
      Connection opened;
      try {
        opened = Database.connect(settings);
      } catch (SQLException e) {
        log.debug("continues with fewer connections", e);
        return Optional.empty();
      }
      try (opened) {
        opened.setNetworkTimeout(Runnable::run, 0);
        return Optional.of(work.run(opened));
      }
    };
  }
}

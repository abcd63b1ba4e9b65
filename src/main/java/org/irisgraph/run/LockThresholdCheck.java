package org.irisgraph.run;

import java.util.Optional;
import java.util.OptionalInt;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;

/** Compares the rows of a transaction with those from which on the server locks a whole table. */
public final class LockThresholdCheck {

  private LockThresholdCheck() {}

  /** What the user should know; empty if the server does not give its threshold, too. */
  public static Optional<String> warning(
      LauncherConnection launcher, Dialect dialect, int batchRows)
      throws StoreException, InterruptedException {
    OptionalInt threshold = dialect.lockThreshold(launcher.get());
    if (threshold.isEmpty()) {
      launcher.usable();
      return Optional.empty();
    }
    int rows = threshold.getAsInt();
    return rows >= batchRows
        ? Optional.empty()
        : Optional.of(
            "%s locks a whole table when a transaction changes more than %d of its rows (LockThreshold), and batchRows is %d: writers and readers will wait for each other; set batchRows=%d or less, or raise the threshold of the server"
                .formatted(dialect.name(), rows, batchRows, rows));
  }
}

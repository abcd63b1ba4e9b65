package org.irisgraph.run;

import java.sql.SQLException;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.ledger.LedgerReader;
import org.irisgraph.ledger.RunTotals;
import org.irisgraph.report.Progress;
import org.irisgraph.runner.LocalWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far a run is. One thread sets it, others read it. */
final class RunProgress {

  private static final Logger LOG = LoggerFactory.getLogger(RunProgress.class);

  private final String runId;
  private volatile Progress.Phase phase = Progress.Phase.STARTING;
  private volatile long inputBytes;
  private volatile @Nullable Query query;
  private volatile Progress stored = Progress.NONE;

  private record Query(LedgerReader ledger, LauncherConnection launcher, RunRecord record) {}

  RunProgress(String runId) {
    this.runId = runId;
  }

  /** Bytes of text to read, about; 0 if unknown, and then the total is. */
  void setInputBytes(long bytes) {
    inputBytes = bytes;
  }

  /** From now on the ledger can be asked, on the launcher's connection. */
  void readFrom(LedgerReader ledger, LauncherConnection launcher, RunRecord record) {
    query = new Query(ledger, launcher, record);
  }

  /** Enters a phase, and shows it in the table of runs if the run does not use the connection. */
  void enter(Progress.Phase next) {
    phase = next;
    if (next != Progress.Phase.ENDING) {
      try {
        ask();
      } catch (SQLException e) {
        LOG.debug("the phase is not shown", e);
      }
    }
  }

  /** Asks the ledger, unless the run itself uses the connection. */
  Progress ask() throws SQLException {
    Query asked = query;
    if (asked != null) {
      asked
          .launcher()
          .queryIfShared(
              connection -> {
                RunTotals totals = asked.ledger().totals(connection);
                stored =
                    Progress.stored(
                        totals.indexed() + totals.partial(),
                        totals.unchanged(),
                        totals.rejected() + totals.stale());
                asked.record().renew(connection, totals, current());
                return totals;
              });
    }
    return current();
  }

  /** The last totals of the ledger, and the counts of this JVM. */
  Progress current() {
    Query asked = query;
    LocalWork work = LocalWork.of(runId);
    long bytes = work.bytes();
    long total =
        bytes > 0 && inputBytes > 0
            ? Math.round(work.read() * Math.max(1, inputBytes / (double) bytes))
            : 0;
    return stored
        .in(phase)
        .with(work.read(), work.extracted(), total)
        .waitingFor(asked == null ? null : asked.launcher().waitsFor());
  }
}

package org.irisgraph.run;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.ledger.LedgerReader;
import org.irisgraph.ledger.RecordedRun;
import org.irisgraph.ledger.RunTotals;
import org.irisgraph.linked.LinkedGraph;
import org.irisgraph.report.Progress;
import org.irisgraph.runner.LocalWork;
import org.jspecify.annotations.Nullable;

/** How far a run is. The run sets it without waiting for anything, other threads read it. */
final class RunProgress {

  private final String runId;
  private volatile Progress.Phase phase = Progress.Phase.STARTING;
  private volatile @Nullable String step;
  private volatile long inputBytes;
  private volatile @Nullable Query query;
  private volatile RunTotals totals = RunTotals.NONE;

  private record Query(LedgerReader ledger, LauncherConnection launcher) {}

  RunProgress(String runId) {
    this.runId = runId;
  }

  /** Bytes of text to read, about; 0 if unknown, and then the total is. */
  void setInputBytes(long bytes) {
    inputBytes = bytes;
  }

  /** From now on the ledger can be asked, on the launcher's connection. */
  void readFrom(LedgerReader ledger, LauncherConnection launcher) {
    query = new Query(ledger, launcher);
  }

  /** Enters a phase. */
  void enter(Progress.Phase next) {
    step = null;
    phase = next;
  }

  /** Within its phase the run does this, or is that far. */
  void does(String now) {
    step = now;
  }

  /** Asks the ledger, unless the run itself uses the connection. */
  Progress ask() throws SQLException {
    Query asked = query;
    if (asked != null) {
      asked.launcher().queryIfShared(connection -> totals = asked.ledger().totals(connection));
    }
    return current();
  }

  /** Asks the ledger on another connection. */
  void count(Connection connection) throws SQLException {
    Query asked = query;
    if (asked != null) {
      totals = asked.ledger().totals(connection);
    }
  }

  /** The last totals of the ledger, and the counts of this JVM. */
  Progress current() {
    LocalWork work = LocalWork.of(runId);
    long bytes = work.bytes();
    long total =
        bytes > 0 && inputBytes > 0
            ? Math.round(work.read() * Math.max(1, inputBytes / (double) bytes))
            : 0;
    RunTotals.Documents known = totals.documents();
    return Progress.stored(known.written(), known.unchanged(), known.rejected() + known.stale())
        .in(phase)
        .with(work.read(), work.extracted(), total)
        .waitingFor(waitsFor());
  }

  /** What the run does within its phase, as far as that is known. */
  private @Nullable String detail() {
    Query asked = query;
    String work = asked == null ? null : asked.launcher().work().waitsFor();
    return work == null || work.equals(LinkedGraph.WORK) ? step : work;
  }

  private @Nullable String waitsFor() {
    Query asked = query;
    String work = asked == null ? null : asked.launcher().work().waitsFor();
    String detail = detail();
    return work == null || detail == null || work.equals(detail) ? work : work + ", " + detail;
  }

  /**
   * The same as a row of the table of runs.
   *
   * @param millis of the flow so far
   */
  RecordedRun recorded(Timestamp startedAt, long millis) {
    Progress progress = current();
    String detail = detail();
    return RecordedRun.running(
        runId,
        progress.phase().text() + (detail == null ? "" : ": " + detail),
        new RecordedRun.Time(startedAt, new Timestamp(System.currentTimeMillis()), null, millis),
        new RecordedRun.Input(progress.total(), progress.read()),
        totals);
  }
}

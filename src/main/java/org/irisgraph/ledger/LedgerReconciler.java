package org.irisgraph.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.irisgraph.base.PlainText;
import org.irisgraph.document.SourceFile;
import org.irisgraph.graphrag.TableDefinitions;
import org.irisgraph.iris.spec.CommitGuard;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.LocalTransaction;
import org.irisgraph.jdbc.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Updates the ledger at the end of a successful run, when all sources have been read. It depends on
 * the ledger alone and may be repeated.
 */
public final class LedgerReconciler {

  /** What it does, for progress. */
  public static final String WORK = "reconciling the ledger";

  private final LedgerSettings settings;

  private final CommitGuard guard;
  private final GuardedBatches batches;

  /** Null for all of the input. */
  private final @Nullable Coverage coverage;

  private final boolean missingAreGone;

  /** The part of the input that a run has read. */
  public interface Coverage {

    /** Whether it has tried to read all of a source. */
    boolean isWhole(String source);

    /** Whether it has tried to read a place of a source. */
    boolean isPlace(String source, long position);
  }

  /**
   * For a run that has read all its input.
   *
   * @param batchRows the most rows that a transaction changes: from some number on IRIS locks the
   *     whole table
   * @param guard allows each commit: another run may have taken over
   */
  public LedgerReconciler(LedgerSettings settings, int batchRows, CommitGuard guard) {
    this(settings, batchRows, guard, null, false);
  }

  /**
   * For a run that has read all its input.
   *
   * @param deletesMissing whether it deletes what is missing: then it also forgets the failures of
   *     sources that are gone, provided that it could read and extract everything
   */
  public LedgerReconciler(
      LedgerSettings settings, int batchRows, CommitGuard guard, boolean deletesMissing) {
    this(settings, batchRows, guard, null, deletesMissing);
  }

  /** For a run that has read a part of its input. */
  public LedgerReconciler(
      LedgerSettings settings, int batchRows, CommitGuard guard, Coverage coverage) {
    this(settings, batchRows, guard, coverage, false);
  }

  private LedgerReconciler(
      LedgerSettings settings,
      int batchRows,
      CommitGuard guard,
      @Nullable Coverage coverage,
      boolean missingAreGone) {
    this.settings = settings;
    this.guard = guard;
    this.batches = new GuardedBatches(batchRows, guard);
    this.coverage = coverage;
    this.missingAreGone = missingAreGone;
  }

  /**
   * Brings the ledger in line with what the run has read.
   *
   * <ul>
   *   <li>Deletes a failed place or rejected document if the run has seen a later state of its
   *       source.
   *   <li>Marks a document as stale if the run has not seen it in the last state of its source and
   *       a place of that source, or of the archive that it is in, is unreadable: the document may
   *       be at that place.
   *   <li>Deletes a place or document that failed in an earlier run and has not failed again
   *       although its source was read: nothing of it is stored.
   *   <li>Names in the reason of each duplicate the place that has kept its id.
   * </ul>
   *
   * @param connection with auto-commit on, as it is left
   * @return the sources with an unreadable place
   */
  public Set<String> review(Connection connection) throws SQLException, StoreException.Fenced {
    return LocalTransaction.run(connection, this::reviewInTransaction);
  }

  private Set<String> reviewInTransaction(Connection connection)
      throws SQLException, StoreException.Fenced {
    Set<String> failed = new TreeSet<>();
    // A partial run reads each source in one state.
    SourceStates states =
        coverage == null ? SourceStates.read(connection, settings) : SourceStates.unchanging();
    forgetOvertaken(connection, states);
    Map<String, UnreadSource> unread = unread(connection, states, failed);
    if (coverage != null) {
      unread.keySet().removeIf(source -> !coverage.isWhole(source));
    }
    if (!unread.isEmpty()) {
      // The documents have the failure of their source; the source's row would count it twice.
      delete(connection, new StaleDocuments(settings, batches).mark(connection, unread));
    }
    forgetSolved(
        connection,
        coverage == null ? unread.keySet() : failed,
        coverage != null
            || (missingAreGone && new MissingDocuments(settings).unread(connection) == 0));
    new DuplicateReasons(settings, batches).correct(connection);
    guard.verify(connection);
    return failed;
  }

  private void forgetOvertaken(Connection connection, SourceStates states)
      throws SQLException, StoreException.Fenced {
    List<String> overtaken = new ArrayList<>();
    UnreadRow.forEach(
        connection,
        settings,
        row -> {
          if (!row.isStale() && states.isOvertaken(row.source(), row.state())) {
            overtaken.add(row.ledgerKey());
          }
        });
    delete(connection, overtaken);
  }

  /** The sources with a stale document, or with a failure of an unknown document. */
  private Map<String, UnreadSource> unread(
      Connection connection, SourceStates states, Set<String> failed) throws SQLException {
    Map<String, UnreadSource> unread = new TreeMap<>();
    UnreadRow.forEach(
        connection,
        settings,
        row -> {
          List<Reasons.Reason> reasons = Reasons.parse(row.reasons());
          boolean isRead = reasons.isEmpty() || !reasons.get(0).stage().equals("read");
          if (isRead || states.isOvertaken(row.source(), row.state())) {
            return;
          }
          failed.add(row.source());
          if (row.isStale() || row.documentId() == null) {
            boolean ofSource = row.position() == 0 && !row.isStale();
            unread.merge(
                row.source(),
                new UnreadSource(
                    row.position(),
                    row.ledgerKey(),
                    reasons.get(0).with(null, null),
                    ofSource ? row.ledgerKey() : null,
                    row.state()),
                UnreadSource::first);
          }
        });
    return unread;
  }

  /**
   * @param isComplete whether what was not seen is gone although its source was not seen, too
   */
  private void forgetSolved(Connection connection, Set<String> unread, boolean isComplete)
      throws SQLException, StoreException.Fenced {
    TreeMap<String, List<String>> solvedBySource = new TreeMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT ledger_key, source, source_position FROM "
                + settings.table()
                + " WHERE pipeline = ? AND seen_run_id <> ?"
                + " AND outcome = 'rejected'")) {
      KeyedRows.bind(statement, settings.pipeline(), settings.runId());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String source = rows.getString(2);
          boolean isCovered = coverage == null || coverage.isPlace(source, rows.getLong(3));
          if (isCovered && !SourceFile.isAmong(unread, source)) {
            solvedBySource.computeIfAbsent(source, key -> new ArrayList<>()).add(rows.getString(1));
          }
        }
      }
    }
    List<String> solved = new ArrayList<>();
    if (isComplete) {
      solvedBySource.values().forEach(solved::addAll);
    } else if (!solvedBySource.isEmpty()) {
      SourceStates.forEachSeen(
          connection,
          settings,
          (source, state) -> {
            solved.addAll(removed(solvedBySource, source));
            // Of what it is in, only the files are seen; the others are not in it any more.
            String outer = SourceFile.container(source);
            Map<String, List<String>> inside = SourceFile.inside(solvedBySource, outer);
            inside.values().forEach(solved::addAll);
            inside.clear();
            while (!outer.isEmpty()) {
              solved.addAll(removed(solvedBySource, outer));
              outer = outer.substring(0, Math.max(0, outer.lastIndexOf('/')));
            }
            // Of rows from before the database could hold the source.
            solved.addAll(
                removed(solvedBySource, PlainText.of(source, TableDefinitions.MAX_PLAIN_SOURCE)));
          });
    }
    delete(connection, solved);
  }

  private static List<String> removed(Map<String, List<String>> keysBySource, String source) {
    List<String> keys = keysBySource.remove(source);
    return keys == null ? List.of() : keys;
  }

  private void delete(Connection connection, List<String> keys)
      throws SQLException, StoreException.Fenced {
    batches.forEach(
        connection,
        keys,
        some -> KeyedRows.delete(connection, settings.table(), "ledger_key", some));
  }
}

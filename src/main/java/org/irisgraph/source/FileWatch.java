package org.irisgraph.source;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.document.SourceFile;
import org.irisgraph.files.InputFiles;
import org.irisgraph.graph.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Detects new and changed files by comparing the matches of globs between two scans. A file has
 * changed if its size, its modification time or the permission to read it has. A file modified just
 * now may still be being written, so it waits for the next scan; if it is unchanged then, it is
 * reported whatever its time, since a wrong clock must not keep a file out for ever.
 *
 * <p>The time of the scan becomes the modification time of a changed source. A later state thus
 * always has a later time, even if an older file replaces it; by this time the ledger decides which
 * of two states in flight is newer.
 */
final class FileWatch {

  private final long settleMillis;
  private Map<String, Entry> known = new HashMap<>();
  private long lastScan;

  private record State(
      long modifiedMillis, long bytes, boolean readable, @Nullable Failure failure) {}

  /** The state at the last scan, and whether it has been reported. */
  private record Entry(State state, boolean reported) {}

  /**
   * Starts without known files.
   *
   * @param settle how long ago a file must have been modified to be reported by the first scan
   */
  FileWatch(Duration settle) {
    this.settleMillis = settle.toMillis();
  }

  /**
   * The changes since the last scan.
   *
   * @param nowMillis the time, in milliseconds since 1970
   */
  List<FileChange> changes(InputFiles found, long nowMillis) {
    long scan = Math.max(nowMillis, lastScan + 1);
    lastScan = scan;
    List<FileChange> changes = new ArrayList<>();
    Map<String, Entry> seen = new HashMap<>();
    for (SourceFile file : found.files()) {
      State state =
          new State(
              file.modifiedMillis(), found.bytes(file), new File(file.source()).canRead(), null);
      boolean settled = nowMillis - file.modifiedMillis() >= settleMillis;
      if (isToReport(file.source(), state, settled, seen)) {
        changes.add(new FileChange(new SourceFile(file.source(), file.path(), scan), null));
      }
    }
    found
        .unreadable()
        .forEach(
            (source, failure) -> {
              if (isToReport(source, new State(0, 0, false, failure), true, seen)) {
                changes.add(new FileChange(new SourceFile(source, source, scan), failure));
              }
            });
    known = seen;
    return changes;
  }

  private boolean isToReport(String source, State state, boolean settled, Map<String, Entry> seen) {
    Entry before = known.get(source);
    boolean same = before != null && before.state().equals(state);
    boolean reportedBefore = before != null && same && before.reported();
    boolean toReport = !reportedBefore && (settled || same);
    seen.put(source, new Entry(state, reportedBefore || toReport));
    return toReport;
  }
}

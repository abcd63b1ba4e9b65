package org.irisgraph.source;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.irisgraph.document.SourceFile;
import org.irisgraph.files.InputFiles;
import org.irisgraph.graph.Failure;

/**
 * Compares what the globs name with what they named before. A file has changed if its size, its
 * modification time or the permission to read it has. One that was modified just now is left for
 * the next look, since it may still be being written, unless it is the same then: a clock that is
 * wrong must not keep a file out for ever.
 *
 * <p>Each change gets the time at which it was found as the modification time of its source. Of two
 * states of a file the later one thus always has the later time, also if somebody puts an older
 * file in its place; the ledger tells by it which of two states that are on their way is the newer.
 */
final class FileWatch {

  private final long settleMillis;
  private Map<String, Entry> known = new HashMap<>();
  private long lastLook;

  private record State(
      long modifiedMillis, long bytes, boolean readable, @Nullable Failure failure) {}

  /** What was seen at the last look, and whether it has been given out. */
  private record Entry(State state, boolean given) {}

  /**
   * Nothing is known yet.
   *
   * @param settle how long ago a file must have been modified to be taken at first sight
   */
  FileWatch(Duration settle) {
    this.settleMillis = settle.toMillis();
  }

  /**
   * What is new or has changed since the last look.
   *
   * @param nowMillis the time, in milliseconds since 1970
   */
  List<FileChange> changes(InputFiles found, long nowMillis) {
    long look = Math.max(nowMillis, lastLook + 1);
    lastLook = look;
    List<FileChange> changes = new ArrayList<>();
    Map<String, Entry> seen = new HashMap<>();
    for (SourceFile file : found.files()) {
      State state =
          new State(
              file.modifiedMillis(), found.bytes(file), new File(file.source()).canRead(), null);
      boolean settled = nowMillis - file.modifiedMillis() >= settleMillis;
      if (isGiven(file.source(), state, settled, seen)) {
        changes.add(new FileChange(new SourceFile(file.source(), file.path(), look), null));
      }
    }
    found
        .unreadable()
        .forEach(
            (source, failure) -> {
              if (isGiven(source, new State(0, 0, false, failure), true, seen)) {
                changes.add(new FileChange(new SourceFile(source, source, look), failure));
              }
            });
    known = seen;
    return changes;
  }

  private boolean isGiven(String source, State state, boolean settled, Map<String, Entry> seen) {
    Entry before = known.get(source);
    boolean same = before != null && before.state().equals(state);
    boolean givenBefore = same && Objects.requireNonNull(before).given();
    boolean given = !givenBefore && (settled || same);
    seen.put(source, new Entry(state, givenBefore || given));
    return given;
  }
}

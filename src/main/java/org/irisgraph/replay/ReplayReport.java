package org.irisgraph.replay;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The results of a replay as text. */
public final class ReplayReport {

  /** Limits the output for a screen; the files or the ledger have all of them. */
  private static final int LINES_PER_RESULT = 100;

  private final Map<Result, Long> counts = new EnumMap<>(Result.class);
  private final Map<Result, Map<String, String>> lines = new EnumMap<>(Result.class);
  private @Nullable String archive;
  private boolean complete;

  /** The result of one dead letter. */
  public enum Result {
    CURED("cured"),
    REJECTED("still rejected"),
    GONE("source is gone"),
    BROKEN("no dead letter"),
    OTHER_PIPELINE("left alone");

    private final String label;

    Result(String label) {
      this.label = label;
    }
  }

  void add(Result result, String what, String reason) {
    counts.merge(result, 1L, Long::sum);
    Map<String, String> some = lines.computeIfAbsent(result, key -> new LinkedHashMap<>());
    // A document may have many dead letters, one for each row.
    if (some.size() < LINES_PER_RESULT) {
      some.putIfAbsent(what, reason);
    }
  }

  /**
   * Ends the report.
   *
   * @param place the archive of the cured dead letters, null if there is none
   */
  void complete(@Nullable String place) {
    this.archive = place;
    this.complete = true;
  }

  /** Whether a dead letter of this pipeline is still unsolved. */
  boolean hasOpen() {
    return count(Result.REJECTED) + count(Result.GONE) + count(Result.BROKEN) > 0;
  }

  public long count(Result result) {
    return counts.getOrDefault(result, 0L);
  }

  /**
   * One line per document, then the counts; each line ends with a line break. Empty if the run
   * failed before the report was complete.
   */
  @Override
  public String toString() {
    if (!complete) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    StringJoiner figures = new StringJoiner(", ");
    long all = 0;
    for (Result result : Result.values()) {
      all += count(result);
      if (count(result) > 0) {
        figures.add(String.format(Locale.ROOT, "%,d %s", count(result), result.label));
        text.append(String.join("\n", lines(result))).append('\n');
      }
    }
    if (all == 0) {
      return "nothing to replay: there are no dead letters\n\n";
    }
    text.append(String.format(Locale.ROOT, "%n%-15s %,d: %s%n", "dead letters", all, figures));
    if (archive != null && count(Result.CURED) > 0) {
      text.append(String.format(Locale.ROOT, "%-15s %s%n", "archive", archive));
    }
    return text.append('\n').toString();
  }

  private List<String> lines(Result result) {
    List<String> all = new ArrayList<>();
    lines
        .getOrDefault(result, Map.of())
        .forEach(
            (what, reason) ->
                all.add(
                    "%-15s %s%s"
                        .formatted(result.label, what, reason.isEmpty() ? "" : ": " + reason)));
    if (all.size() == LINES_PER_RESULT && count(result) > LINES_PER_RESULT) {
      all.add(
          "%-15s and more, %s"
              .formatted(
                  result.label,
                  result == Result.CURED
                      ? "see the archive"
                      : "see the dead letters that are left"));
    }
    return all;
  }
}

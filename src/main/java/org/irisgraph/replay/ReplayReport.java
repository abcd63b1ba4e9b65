package org.irisgraph.replay;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** What became of dead letters, for people. */
public final class ReplayReport {

  /** All of them are in the files, or in the ledger; nobody reads more than this on a screen. */
  private static final int LINES_PER_RESULT = 100;

  private final Map<Result, Long> counts = new EnumMap<>(Result.class);
  private final Map<Result, Map<String, String>> lines = new EnumMap<>(Result.class);
  private String archive;
  private boolean complete;

  /** What became of one dead letter. */
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
    // One document may have many dead letters, one for each row.
    if (some.size() < LINES_PER_RESULT) {
      some.putIfAbsent(what, reason);
    }
  }

  /**
   * All is said.
   *
   * @param place where those are now that were cured, null if nowhere
   */
  void complete(String place) {
    this.archive = place;
    this.complete = true;
  }

  /** Whether something is still to be mended: what another pipeline has to replay is not. */
  boolean hasOpen() {
    return count(Result.REJECTED) + count(Result.GONE) + count(Result.BROKEN) > 0;
  }

  public long count(Result result) {
    return counts.getOrDefault(result, 0L);
  }

  /**
   * A line for each document, then the figures; each line ends with a line break. Empty if the run
   * failed before it could say anything.
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
        .get(result)
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

package org.irisgraph.benchmark;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * How the cost of a run grows with the corpus, by sizes that rise.
 *
 * @param database what was written to
 * @param points at least three
 */
@JsonPropertyOrder({"database", "points", "growthOfTime", "growthOfHeap", "gainOfUnchanged"})
record Growth(String database, List<Point> points) {

  /**
   * A size.
   *
   * @param firstSeconds from the start of the process to its end, of a run into empty tables
   * @param unchangedSeconds of a second run after it
   * @param firstHeapBytes the peak of the live heap
   * @param rows of all tables
   */
  record Point(
      int documents,
      long rows,
      double firstSeconds,
      double unchangedSeconds,
      long firstHeapBytes,
      long unchangedHeapBytes) {}

  /** Milliseconds for a document more between the size before this one and this one. */
  double firstMillis(int place) {
    return 1000
        * (points.get(place).firstSeconds() - points.get(place - 1).firstSeconds())
        / moreDocuments(place);
  }

  double unchangedMillis(int place) {
    return 1000
        * (points.get(place).unchangedSeconds() - points.get(place - 1).unchangedSeconds())
        / moreDocuments(place);
  }

  private int moreDocuments(int place) {
    return points.get(place).documents() - points.get(place - 1).documents();
  }

  /** What a document costs at the largest size, by what it costs at the second; 1 is linear. */
  @JsonProperty
  double growthOfTime() {
    return firstMillis(points.size() - 1) / firstMillis(1);
  }

  /** The peak of the live heap at the largest size, by that at the second. */
  @JsonProperty
  double growthOfHeap() {
    return (double) last().firstHeapBytes() / points.get(1).firstHeapBytes();
  }

  /** How many times faster an unchanged document is than a new one, start-up left out. */
  @JsonProperty
  double gainOfUnchanged() {
    return firstMillis(points.size() - 1) / unchangedMillis(points.size() - 1);
  }

  /** The same with the start-up of both. */
  @JsonProperty
  double gainOfUnchangedRun() {
    return last().firstSeconds() / last().unchangedSeconds();
  }

  private Point last() {
    return points.get(points.size() - 1);
  }

  /** A table, and what the growth is. */
  String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        "| into | documents | rows | first run | ms for each more | unchanged | ms for each more |"
            + " live heap, first run | live heap, unchanged |\n|---|---|---|---|---|---|---|---|---|\n");
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      table.append(
          "| %s | %,d | %,d | %.2f s | %s | %.2f s | %s | %d MB | %d MB |%n"
              .formatted(
                  database,
                  point.documents(),
                  point.rows(),
                  point.firstSeconds(),
                  i == 0 ? "" : "%.3f".formatted(firstMillis(i)),
                  point.unchangedSeconds(),
                  i == 0 ? "" : "%.3f".formatted(unchangedMillis(i)),
                  megabytes(point.firstHeapBytes()),
                  megabytes(point.unchangedHeapBytes())));
    }
    table.append(
        "%nA document more costs %.2f times as much at %,d as at %,d (aim: 1.15 at most).%n"
            .formatted(growthOfTime(), last().documents(), points.get(1).documents()));
    table.append(
        "The live heap is %.2f times as large (aim: 1.3 at most).%n".formatted(growthOfHeap()));
    table.append(
        "An unchanged document is %.1f times faster than a new one (aim: 20), a whole run %.1f.%n"
            .formatted(gainOfUnchanged(), gainOfUnchangedRun()));
    return table.toString();
  }

  private static long megabytes(long bytes) {
    return Math.round(bytes / 1e6);
  }
}

package org.irisgraph.graph;

import java.io.Serializable;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * Where a document was read.
 *
 * @param source the absolute path or URI of its file, or the database and the name of its table
 * @param position its place in the file: the line (1-based) of a line-based format, the ordinal
 *     (1-based) in a file that wraps several documents, 0 for a file that is one document; in a
 *     table a number that is made from the row's id
 * @param modifiedMillis when the source was last modified, in milliseconds since 1970, 0 if
 *     unknown; if the source is watched, when it was found to be new or changed. File systems have
 *     times that no database takes: one before the year 1 or after 9999 is moved there
 */
public record Origin(String source, long position, long modifiedMillis)
    implements Comparable<Origin>, Serializable {

  private static final Comparator<Origin> ORDER =
      Comparator.comparing(Origin::source).thenComparingLong(Origin::position);

  private static final long YEAR_1 = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
  private static final long YEAR_9999 = Instant.parse("9999-12-31T00:00:00Z").toEpochMilli();

  public Origin {
    Objects.requireNonNull(source, "source");
    modifiedMillis = Math.max(YEAR_1, Math.min(YEAR_9999, modifiedMillis));
  }

  /** Orders by source, then position; ignores the modification time. */
  @Override
  public int compareTo(Origin other) {
    return ORDER.compare(this, other);
  }

  /** Whether source and position are the same, whatever the modification times. */
  public boolean samePlace(Origin other) {
    return compareTo(other) == 0;
  }

  /** Whether this belongs to an earlier state of the same source. */
  public boolean isBefore(Origin other) {
    return source.equals(other.source) && modifiedMillis < other.modifiedMillis;
  }

  /** The source and, where there is one, the position: {@code corpus.jsonl:17}. */
  @Override
  public String toString() {
    return position == 0 ? source : source + ":" + position;
  }
}

package org.irisgraph.ledger;

import java.sql.Timestamp;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A source with an unreadable place.
 *
 * @param position the first such place
 * @param ledgerKey of the row with its failure
 * @param sourceKey the ledger key of the failure if it concerns the whole source, else null
 * @param state the modification time of the source
 */
record UnreadSource(
    long position,
    String ledgerKey,
    Reasons.Reason reason,
    @Nullable String sourceKey,
    Timestamp state) {

  private static final Comparator<UnreadSource> ORDER =
      Comparator.comparingLong(UnreadSource::position).thenComparing(UnreadSource::ledgerKey);

  /** Not the database's first, since IRIS cannot sort by a long source. */
  UnreadSource first(UnreadSource other) {
    return ORDER.compare(this, other) <= 0 ? this : other;
  }
}

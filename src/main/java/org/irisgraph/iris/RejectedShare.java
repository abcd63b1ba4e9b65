package org.irisgraph.iris;

import java.util.UUID;
import org.irisgraph.base.Shared;
import org.irisgraph.iris.batch.BatchResult;
import org.irisgraph.jdbc.StoreException;

/** How many elements of one write this JVM has rejected; its threads share it. */
final class RejectedShare {

  /** The shares of the writes that run in this JVM. */
  static final Shared<UUID, RejectedShare> OF_WRITES = new Shared<>(share -> {});

  private static final int ELEMENTS_BEFORE_GUARD = 500;

  private long written;
  private long rejected;

  /** Fails if too many elements are rejected: then the tables are wrong, not the elements. */
  synchronized void add(BatchResult<?> result, double most) throws StoreException.Stopped {
    written += result.counts().toBeStored();
    rejected += result.counts().mostlyRejected();
    if (written > ELEMENTS_BEFORE_GUARD && rejected > written * most) {
      String example =
          result.rejected().stream()
              .findFirst()
              .map(row -> "; one of them: %s %s".formatted(row.code(), row.message()))
              .orElse("");
      throw new StoreException.Stopped(
          "%d of %d elements were rejected, more than maxRejectedShare=%s allows%s"
              .formatted(rejected, written, most, example));
    }
  }
}

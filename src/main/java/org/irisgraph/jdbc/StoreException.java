package org.irisgraph.jdbc;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if a batch cannot be stored for a reason other than its rows.
 *
 * <p>The annotation keeps Flink from restarting the job, which helps after an outage only; the JVM
 * ignores it where Flink is missing.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public class StoreException extends Exception {

  StoreException(String message, @Nullable Throwable cause) {
    super(message, cause == null ? null : ServerMessage.withoutValuesInTrace(cause));
  }

  /** The database or the settings have to be changed: table, column, privilege, password. */
  public static final class Configuration extends StoreException {
    public Configuration(String message) {
      super(message, null);
    }

    public Configuration(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The database refuses a value of a row, as one that it cannot represent. */
  public static final class Refused extends StoreException {
    public Refused(Exception cause) {
      super("the database refuses a row: " + ErrorClassifier.describe(cause), cause);
    }
  }

  /** The database did not work until the time for retries was used up. */
  @ThrowableAnnotation(ThrowableType.RecoverableError)
  public static final class Outage extends StoreException {
    public Outage(String message, @Nullable Throwable cause) {
      super(message, cause);
    }

    /** Describes the attempts in the message. */
    public static Outage after(int attempts, long millis, Exception cause) {
      return new Outage(
          "gave up after %d attempts in %d s (retrySeconds): %s"
              .formatted(attempts, millis / 1000, ErrorClassifier.describe(cause)),
          cause);
    }
  }

  /** Stored rows may exist that cannot be found because their indexes are not built yet. */
  public static final class Unindexed extends StoreException {
    public Unindexed(String why, @Nullable Throwable cause) {
      super(
          "%s, and its rows cannot be found without indexes: build them and run again without %%NOINDEX"
              .formatted(why),
          cause);
    }
  }

  /** Another run has taken over the right to write, see {@code CommitGuard}. */
  public static final class Fenced extends StoreException {
    public Fenced(String message) {
      super(message, null);
    }
  }

  /** A bad row stops the write ({@code OnBadRow.STOP}), or too many elements were rejected. */
  public static final class Stopped extends StoreException {
    public Stopped(String message) {
      super(message, null);
    }
  }
}

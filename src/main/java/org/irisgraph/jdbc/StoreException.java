package org.irisgraph.jdbc;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * A batch that could not be stored, for a reason that is no single row's fault.
 *
 * <p>The annotation tells Flink not to start the job again, which mends none of these but an
 * outage; where there is no Flink, the JVM passes over it.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public class StoreException extends Exception {

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The database cannot do what is asked: a table, a column, a privilege, a password. */
  public static final class Configuration extends StoreException {
    public Configuration(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The database did not answer, or not usefully, until the time for retries was spent. */
  @ThrowableAnnotation(ThrowableType.RecoverableError)
  public static final class Outage extends StoreException {
    public Outage(String message, Throwable cause) {
      super(message, cause);
    }

    /** Says what was tried. */
    public static Outage after(int attempts, long millis, Exception cause) {
      return new Outage(
          "gave up after %d attempts in %d s (retrySeconds): %s"
              .formatted(attempts, millis / 1000, ErrorClassifier.describe(cause)),
          cause);
    }
  }

  /** Rows may be there that cannot be found, since their indexes are still to be built. */
  public static final class Unindexed extends StoreException {
    public Unindexed(String why, Throwable cause) {
      super(
          "%s, and its rows cannot be found without indexes: build them and run again without %%NOINDEX"
              .formatted(why),
          cause);
    }
  }

  /** The right to write has gone to somebody else, see {@code CommitGuard}. */
  public static final class Fenced extends StoreException {
    public Fenced(String message) {
      super(message, null);
    }
  }

  /** A row is bad and {@code OnBadRow.STOP} was asked for, or too many were. */
  public static final class Stopped extends StoreException {
    public Stopped(String message) {
      super(message, null);
    }
  }
}

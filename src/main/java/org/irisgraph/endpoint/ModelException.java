package org.irisgraph.endpoint;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.jspecify.annotations.Nullable;

/**
 * The model cannot be used, for a reason other than a document.
 *
 * <p>The annotation keeps Flink from restarting a job in vain. The JVM ignores it if Flink is not
 * on the class path.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public class ModelException extends Exception {

  ModelException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The endpoint rejects the key, the model, the address or a field of the request. */
  public static final class Configuration extends ModelException {
    public Configuration(String message) {
      super(message, null);
    }
  }

  /** The endpoint gave no usable response until the time for retries was spent. */
  @ThrowableAnnotation(ThrowableType.RecoverableError)
  public static final class Outage extends ModelException {
    Outage(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The cache failed; the cause decides whether a restart can help. */
  @ThrowableAnnotation(ThrowableType.RecoverableError)
  public static final class Store extends ModelException {
    public Store(Exception cause) {
      super(cause.getMessage(), cause);
    }
  }
}

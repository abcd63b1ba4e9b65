package org.irisgraph.extract.llm;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * A model that cannot be asked, for a reason that is no document's fault.
 *
 * <p>The annotation tells Flink not to start the job again where that mends nothing; where there is
 * no Flink, the JVM passes over it.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public class ModelException extends Exception {

  ModelException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The endpoint refuses what is asked: the key, the model, the address, a field of the request.
   */
  public static final class Configuration extends ModelException {
    public Configuration(String message) {
      super(message, null);
    }
  }

  /** The endpoint did not answer, or not usefully, until the time for retries was spent. */
  @ThrowableAnnotation(ThrowableType.RecoverableError)
  public static final class Outage extends ModelException {
    Outage(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * What was answered could not be kept; whether a new start mends that is for its cause to say.
   */
  @ThrowableAnnotation(ThrowableType.RecoverableError)
  public static final class Store extends ModelException {
    public Store(Exception cause) {
      super(cause.getMessage(), cause);
    }
  }
}

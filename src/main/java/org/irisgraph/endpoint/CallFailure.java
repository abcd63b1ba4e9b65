package org.irisgraph.endpoint;

import org.jspecify.annotations.Nullable;

/** A request failed, or its response could not be read. */
public final class CallFailure extends Exception {

  /** The code of a response that is not what the model's protocol says. */
  public static final String MALFORMED = "MALFORMED";

  /** The code of a text that the server does not accept. */
  public static final String REFUSED = "REFUSED";

  /** The code of an address where nothing answers. */
  static final String UNREACHABLE = "UNREACHABLE";

  private final Kind kind;
  private final String code;
  private final String reason;
  private final long retryAfterMillis;
  private final @Nullable String refusedField;

  /** What a failure means for the caller. */
  public enum Kind {
    /** A later attempt may succeed: no connection, no answer in time, a server error. */
    TRANSIENT,
    /** The server is busy or the account is out of requests; no document can be the cause. */
    THROTTLED,
    /** The request exceeds the model's context. */
    TOO_LONG,
    /** The server rejects this request; it may accept one with other texts. */
    REFUSED,
    /** The server will reject every request with these settings. */
    CONFIGURATION
  }

  /**
   * Creates a failure.
   *
   * @param code for dead letters, as in {@code LLM_TIMEOUT}
   * @param retryAfterMillis the delay that the server demands, 0 if none
   */
  public CallFailure(Kind kind, String code, String message, long retryAfterMillis) {
    this(kind, code, message, retryAfterMillis, null);
  }

  private CallFailure(
      Kind kind,
      String code,
      String message,
      long retryAfterMillis,
      @Nullable String refusedField) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.reason = message;
    this.retryAfterMillis = retryAfterMillis;
    this.refusedField = refusedField;
  }

  /** The same failure, because the server does not take a field of the request. */
  CallFailure becauseOf(String field) {
    return new CallFailure(kind, code, reason, retryAfterMillis, field);
  }

  /** The field of the request that the server does not take, null if that is not the reason. */
  @Nullable String refusedField() {
    return refusedField;
  }

  public Kind kind() {
    return kind;
  }

  /** The message, which is never null. */
  @Override
  public String getMessage() {
    return reason;
  }

  public String code() {
    return code;
  }

  long retryAfterMillis() {
    return retryAfterMillis;
  }
}

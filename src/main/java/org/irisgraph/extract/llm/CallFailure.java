package org.irisgraph.extract.llm;

/** A request failed, or its response could not be read. */
final class CallFailure extends Exception {

  private final Kind kind;
  private final String code;
  private final String reason;
  private final long retryAfterMillis;

  /** What a failure means for the caller. */
  enum Kind {
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
   * @param code for dead letters, as in {@code LLM_TIMEOUT}
   * @param retryAfterMillis the delay that the server demands, 0 if none
   */
  CallFailure(Kind kind, String code, String message, long retryAfterMillis) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.reason = message;
    this.retryAfterMillis = retryAfterMillis;
  }

  Kind kind() {
    return kind;
  }

  /** The message, which is never null. */
  @Override
  public String getMessage() {
    return reason;
  }

  String code() {
    return code;
  }

  long retryAfterMillis() {
    return retryAfterMillis;
  }
}

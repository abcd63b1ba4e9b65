package org.irisgraph.extract.llm;

/** A request without an answer that could be read. */
final class CallFailure extends Exception {

  private final Kind kind;
  private final String code;
  private final long retryAfterMillis;

  /** What a failure means for those who asked. */
  enum Kind {
    /** It may go better a while later: no connection, no answer in time, too many requests. */
    TRANSIENT,
    /** The server is busy or the account is out of requests; no document can be the reason. */
    THROTTLED,
    /** The texts are longer than the model takes. */
    TOO_LONG,
    /** The server does not take this request; with other texts it may. */
    REFUSED,
    /** The server will never take any such request. */
    CONFIGURATION
  }

  /**
   * A failure.
   *
   * @param code for dead letters, as in {@code LLM_TIMEOUT}
   * @param retryAfterMillis when the server wants to be asked again, 0 if it does not say
   */
  CallFailure(Kind kind, String code, String message, long retryAfterMillis) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.retryAfterMillis = retryAfterMillis;
  }

  Kind kind() {
    return kind;
  }

  String code() {
    return code;
  }

  long retryAfterMillis() {
    return retryAfterMillis;
  }
}

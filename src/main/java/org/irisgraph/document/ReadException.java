package org.irisgraph.document;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/** Content cannot be read; the reason and the message can be reported as they are. */
public final class ReadException extends IOException {

  private static final long serialVersionUID = 1L;

  private final ReadFailure reason;

  public ReadException(ReadFailure reason, String message) {
    super(message);
    this.reason = reason;
  }

  public ReadException(ReadFailure reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** A document is larger than allowed. */
  public static ReadException tooLarge(int maxDocumentBytes) {
    return new ReadException(
        ReadFailure.TOO_LARGE,
        "larger than " + maxDocumentBytes + " bytes; raise the option maxDocumentBytes to read it");
  }

  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage(), "each constructor takes a message");
  }

  /** The reason, whose name is the code of the failure. */
  public ReadFailure reason() {
    return reason;
  }
}

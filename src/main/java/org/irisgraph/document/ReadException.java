package org.irisgraph.document;

import java.io.IOException;

/** Says why content cannot be read, in a way that can be reported as it is. */
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

  /** The reason, whose name is the code of the failure. */
  public ReadFailure reason() {
    return reason;
  }
}

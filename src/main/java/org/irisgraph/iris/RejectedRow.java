package org.irisgraph.iris;

import java.io.Serializable;
import java.util.Objects;
import org.irisgraph.base.ErrorText;

/**
 * A row that was not stored.
 *
 * @param elementKey the key of the element that it comes from
 * @param table the table that it was meant for
 * @param rowId its key, several columns joined by commas
 * @param reason how it was found
 * @param code the database's error code or SQLState, or a name such as {@code TOO_LONG}
 * @param message a sentence for people; long values are cut
 */
public record RejectedRow(
    String elementKey, String table, String rowId, Reason reason, String code, String message)
    implements Serializable {

  private static final int MAX_MESSAGE = 500;

  /** How a row was found to be bad. */
  public enum Reason {
    /** By a rule or a column's length, before the database saw it. */
    VALIDATION,
    /** By the database. */
    DATABASE,
    /** It refers to a row that was rejected, or its element was rejected. */
    REFERENCE
  }

  public RejectedRow {
    Objects.requireNonNull(elementKey, "elementKey");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(rowId, "rowId");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(code, "code");
    message = message == null ? "" : ErrorText.cut(message.replace('\n', ' '), MAX_MESSAGE);
  }
}

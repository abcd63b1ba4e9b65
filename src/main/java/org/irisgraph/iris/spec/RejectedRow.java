package org.irisgraph.iris.spec;

import java.io.Serializable;
import java.util.Objects;
import org.irisgraph.base.ErrorText;

/**
 * A row that was not stored.
 *
 * @param elementKey the key of the row's element
 * @param table the row's table; empty if the outcome table refused the whole element
 * @param rowId the row's key, several columns joined by commas
 * @param reason how the row was found to be bad
 * @param code the database's error code or SQLState, or a name such as {@code TOO_LONG}
 * @param message a sentence for people, cut to 500 characters
 */
public record RejectedRow(
    String elementKey, String table, String rowId, Reason reason, String code, String message)
    implements Serializable {

  private static final int MAX_MESSAGE = 500;

  /** How a row was found to be bad. */
  public enum Reason {
    /** A rule or a column's length forbids the row; it was not sent to the database. */
    VALIDATION,
    /** The database refused the row. */
    DATABASE,
    /** The row refers to a rejected row, or its element was rejected. */
    REFERENCE
  }

  public RejectedRow {
    Objects.requireNonNull(elementKey, "elementKey");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(rowId, "rowId");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(code, "code");
    message = ErrorText.cut(message.replace('\n', ' '), MAX_MESSAGE);
  }
}

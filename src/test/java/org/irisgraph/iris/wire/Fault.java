package org.irisgraph.iris.wire;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * Something that goes wrong, once, with one message. Unless {@link #on} says otherwise the message
 * is {@code PU}, the execution of a batch.
 *
 * <pre>{@code
 * server.inject(Fault.lockConflict().containing("Entities").times(2));
 * server.inject(Fault.dropBeforeReply().on("TC")); // committed, but the driver never hears of it
 * }</pre>
 *
 * @param messageType two letters, as in {@code PU}
 * @param sqlPart what the statement must contain, in any case, blanks ignored; empty for any
 * @param armedBy what the statement of an earlier message must have contained, in the same way;
 *     empty for none
 * @param skipped how many messages that match go through before the first is hit
 * @param times how many messages it hits after that
 * @param number the SQLCODE of an error, the integers of a short body
 * @param text the message of an error, the statement of another session
 */
public record Fault(
    String messageType,
    String sqlPart,
    String armedBy,
    int skipped,
    int times,
    Action action,
    int number,
    String text) {

  /** What happens to the message. */
  public enum Action {
    /** Nothing is executed; the answer is an error without a body. */
    ERROR,
    /** The connection is closed, nothing is executed. */
    DROP_BEFORE,
    /** Half of the rows are executed, then the connection is closed. */
    DROP_DURING,
    /** All is executed, then the connection is closed: the driver cannot know. */
    DROP_BEFORE_REPLY,
    /** All is executed and answered, then the connection is closed: the next message fails. */
    DROP_AFTER_REPLY,
    /** Nothing is executed or answered, until one of the two sides closes the connection. */
    HANG_BEFORE,
    /** All is executed, but there is no answer until one of the two sides closes the connection. */
    HANG_BEFORE_REPLY,
    /** All is executed, but the answer does not carry the count of the request. */
    WRONG_MESSAGE_COUNT,
    /** All is executed, but the answer has fewer update counts than the batch had rows. */
    SHORT_BODY,
    /** Another session's statement is executed and committed first. */
    OVERTAKEN
  }

  public Fault {
    requireNonNull(messageType, "messageType");
    requireNonNull(sqlPart, "sqlPart");
    requireNonNull(armedBy, "armedBy");
    requireNonNull(action, "action");
    requireNonNull(text, "text");
  }

  /** The login is refused as for a wrong password (402); on {@code CN}. */
  public static Fault refuseLogin() {
    return error(SqlCode.LOGIN_FAILURE, "Access Denied").on("CN");
  }

  /** Another process holds the lock (110). */
  public static Fault lockConflict() {
    return error(SqlCode.LOCK_CONFLICT, "Locking conflict in filing");
  }

  /** A lock was not had in time (114). */
  public static Fault lockTimeout() {
    return error(SqlCode.LOCK_TIMEOUT, "One or more matching rows is locked by another user");
  }

  /** A key is there already (119). */
  public static Fault uniqueViolation() {
    return error(SqlCode.UNIQUE_ON_INSERT, "UNIQUE or PRIMARY KEY constraint failed");
  }

  /** A value does not fit its column (104). */
  public static Fault fieldValidation() {
    return error(SqlCode.FIELD_VALIDATION, "Field validation failed in INSERT");
  }

  /**
   * Any error.
   *
   * @param code the SQLCODE as a positive number
   */
  public static Fault error(int code, String text) {
    if (code <= 0) {
      throw new IllegalArgumentException("a SQLCODE is sent as a positive number, not " + code);
    }
    return new Fault("PU", "", "", 0, 1, Action.ERROR, code, text);
  }

  /** The connection is lost before anything is executed. */
  public static Fault dropBefore() {
    return of(Action.DROP_BEFORE);
  }

  /** The connection is lost after half of the rows. */
  public static Fault dropDuring() {
    return of(Action.DROP_DURING);
  }

  /** The connection is lost after the execution; on {@code TC}, the commit that is in doubt. */
  public static Fault dropBeforeReply() {
    return of(Action.DROP_BEFORE_REPLY);
  }

  /** The connection is lost after the answer. */
  public static Fault dropAfterReply() {
    return of(Action.DROP_AFTER_REPLY);
  }

  /**
   * No answer, and nothing executed. Observed: the driver waits for NetworkTimeout, on {@code TC}
   * for CommitTimeout instead, and on {@code HS} and {@code CN} for the login timeout only.
   */
  public static Fault hangBefore() {
    return of(Action.HANG_BEFORE);
  }

  /** No answer, although all is executed. */
  public static Fault hangBeforeReply() {
    return of(Action.HANG_BEFORE_REPLY);
  }

  /** The answer belongs to another request. */
  public static Fault wrongMessageCount() {
    return of(Action.WRONG_MESSAGE_COUNT);
  }

  /** The answer holds {@code integers} update counts, however many rows there were. */
  public static Fault shortBody(int integers) {
    return new Fault("PU", "", "", 0, 1, Action.SHORT_BODY, integers, "");
  }

  /** Another writer executes and commits this statement first. */
  public static Fault overtakenBy(String sql) {
    return new Fault("PU", "", "", 0, 1, Action.OVERTAKEN, 0, sql);
  }

  /** Hits messages of this type. */
  public Fault on(String type) {
    return new Fault(type, sqlPart, armedBy, skipped, times, action, number, text);
  }

  /** Hits only messages whose statement contains this. */
  public Fault containing(String sql) {
    return new Fault(messageType, sql, armedBy, skipped, times, action, number, text);
  }

  /** Hits only messages that come after one whose statement contains this. */
  public Fault afterStatement(String sql) {
    return new Fault(messageType, sqlPart, sql, skipped, times, action, number, text);
  }

  /** Lets {@code count} messages that match go through first. */
  public Fault after(int count) {
    return new Fault(messageType, sqlPart, armedBy, count, times, action, number, text);
  }

  /** Hits {@code count} messages instead of one. */
  public Fault times(int count) {
    return new Fault(messageType, sqlPart, armedBy, skipped, count, action, number, text);
  }

  private static Fault of(Action action) {
    return new Fault("PU", "", "", 0, 1, action, 0, "");
  }

  boolean matches(LoggedMessage message) {
    return messageType.equals(message.type()) && contains(message, sqlPart);
  }

  boolean isArmedBy(LoggedMessage message) {
    return contains(message, armedBy);
  }

  private static boolean contains(LoggedMessage message, String part) {
    return withoutBlanks(message.sql()).contains(withoutBlanks(part));
  }

  /** The driver puts blanks between the tokens of a statement. */
  private static String withoutBlanks(String sql) {
    return sql.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
  }
}

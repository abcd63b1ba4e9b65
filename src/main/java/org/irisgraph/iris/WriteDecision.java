package org.irisgraph.iris;

import java.util.List;
import java.util.Objects;
import org.irisgraph.jdbc.Row;

/**
 * What the outcome table decides of an element.
 *
 * @param action what to do
 * @param code why the element is refused, a short name; null unless refused
 * @param message why the element is refused, for people; null unless refused
 * @param claims keys of rows of the outcome table that somebody else may be changing; before
 *     anything is written each must pass its condition, else it is decided again
 * @param recorded further rows for the outcome table
 * @param forgotten keys of rows that are to be deleted from the outcome table once nothing is left
 *     to do for the element
 */
public record WriteDecision(
    Action action,
    String code,
    String message,
    List<Claim> claims,
    List<Row> recorded,
    List<String> forgotten) {

  /** What to do with an element. */
  public enum Action {
    /** Write it; nothing of it is in the tables. */
    WRITE,
    /** Write it and delete the rows of an earlier version that it no longer has. */
    REPLACE,
    /** Write nothing of it but its outcome. */
    REFUSE
  }

  /**
   * A row of the outcome table that must still be as it was found: an update by key and by this
   * column's value, which sets the column to another value, must change one row.
   */
  public record Claim(String key, String column, String expected, String replacement) {}

  public WriteDecision {
    Objects.requireNonNull(action, "action");
    claims = List.copyOf(claims);
    recorded = List.copyOf(recorded);
    forgotten = List.copyOf(forgotten);
  }

  /** Write an element that is new. */
  public static WriteDecision write() {
    return new WriteDecision(Action.WRITE, null, null, List.of(), List.of(), List.of());
  }

  /** Write an element of which an earlier version may be in the tables. */
  public static WriteDecision replace() {
    return new WriteDecision(Action.REPLACE, null, null, List.of(), List.of(), List.of());
  }

  /** Write nothing of an element but its outcome. */
  public static WriteDecision refuse(String code, String message) {
    return new WriteDecision(Action.REFUSE, code, message, List.of(), List.of(), List.of());
  }

  /** The same, once a row of the outcome table is claimed. */
  public WriteDecision claiming(Claim claim) {
    return new WriteDecision(action, code, message, List.of(claim), recorded, forgotten);
  }

  /** The same, with further rows for the outcome table. */
  public WriteDecision recording(List<Row> rows) {
    return new WriteDecision(action, code, message, claims, rows, forgotten);
  }

  /** The same, deleting rows of the outcome table. */
  public WriteDecision forgetting(List<String> keys) {
    return new WriteDecision(action, code, message, claims, recorded, keys);
  }
}

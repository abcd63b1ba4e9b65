package org.irisgraph.iris.spec;

import java.util.List;
import java.util.Objects;
import org.irisgraph.jdbc.Row;
import org.jspecify.annotations.Nullable;

/**
 * The outcome table's decision about an element.
 *
 * @param action what to do
 * @param code a short name for the reason of a refusal, otherwise null
 * @param message the reason of a refusal as a sentence, otherwise null
 * @param claims conditions on rows of the outcome table that another writer may be changing; if one
 *     fails before anything is written, the decision is made again
 * @param recorded further rows for the outcome table
 * @param forgotten keys of rows to delete from the outcome table after the element's last
 *     transaction
 * @param newContent whether the element's content may differ from what the tables have of it, so
 *     that the {@link DerivedColumns} become null
 * @param formerKey the key of the earlier version, which may differ from the element's if the
 *     outcome table takes different keys for equal; null if it does not
 * @param owners further values of owner columns by which rows of the element, or of its earlier
 *     version, are found: the keys of its other rows in the first table
 */
public record WriteDecision(
    Action action,
    @Nullable String code,
    @Nullable String message,
    List<Claim> claims,
    List<Row> recorded,
    List<String> forgotten,
    boolean newContent,
    @Nullable String formerKey,
    List<String> owners) {

  /** What to do with an element. */
  public enum Action {
    /** Write the element; the tables have no rows of it. */
    WRITE,
    /** Write the element and delete the rows of an earlier version that it no longer has. */
    REPLACE,
    /** Write only the outcome. */
    REFUSE
  }

  /**
   * A condition that a row of the outcome table has not changed since it was found: an update that
   * replaces the expected value of the column must change one row.
   */
  public record Claim(String key, String column, String expected, String replacement) {}

  public WriteDecision {
    Objects.requireNonNull(action, "action");
    claims = List.copyOf(claims);
    recorded = List.copyOf(recorded);
    forgotten = List.copyOf(forgotten);
    owners = List.copyOf(owners);
  }

  /** Decides to write a new element. */
  public static WriteDecision write() {
    return new WriteDecision(
        Action.WRITE, null, null, List.of(), List.of(), List.of(), true, null, List.of());
  }

  /** Decides to write an element of which the tables may have an earlier version. */
  public static WriteDecision replace() {
    return new WriteDecision(
        Action.REPLACE, null, null, List.of(), List.of(), List.of(), true, null, List.of());
  }

  /** Decides to write only the outcome of an element. */
  public static WriteDecision refuse(String code, String message) {
    return new WriteDecision(
        Action.REFUSE, code, message, List.of(), List.of(), List.of(), true, null, List.of());
  }

  /** Adds a condition. */
  public WriteDecision claiming(Claim claim) {
    return new WriteDecision(
        action, code, message, List.of(claim), recorded, forgotten, newContent, formerKey, owners);
  }

  /** Adds rows for the outcome table. */
  public WriteDecision recording(List<Row> rows) {
    return new WriteDecision(
        action, code, message, claims, rows, forgotten, newContent, formerKey, owners);
  }

  /** Deletes rows of the outcome table. */
  public WriteDecision forgetting(List<String> keys) {
    return new WriteDecision(
        action, code, message, claims, recorded, keys, newContent, formerKey, owners);
  }

  /** Names the key under which the earlier version is stored. */
  public WriteDecision renaming(String key) {
    return new WriteDecision(
        action, code, message, claims, recorded, forgotten, newContent, key, owners);
  }

  /** Names further values of owner columns. */
  public WriteDecision owning(List<String> keys) {
    return new WriteDecision(
        action, code, message, claims, recorded, forgotten, newContent, formerKey, keys);
  }

  /** States that the tables have the element's content already. */
  public WriteDecision keepingContent() {
    return new WriteDecision(
        action, code, message, claims, recorded, forgotten, false, formerKey, owners);
  }
}

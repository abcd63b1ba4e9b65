package org.irisgraph.iris.spec;

import com.google.auto.value.AutoValue;
import java.util.List;
import org.irisgraph.jdbc.Row;
import org.jspecify.annotations.Nullable;

/** The outcome table's decision about an element. */
@AutoValue
public abstract class WriteDecision {

  /** What to do. */
  public abstract Action action();

  /** A short name for the reason of a refusal, otherwise null. */
  public abstract @Nullable String code();

  /** The reason of a refusal as a sentence, otherwise null. */
  public abstract @Nullable String message();

  /**
   * Conditions on rows of the outcome table that another writer may be changing; if one fails
   * before anything is written, the decision is made again.
   */
  public abstract List<Claim> claims();

  /** Further rows for the outcome table. */
  public abstract List<Row> recorded();

  /** Keys of rows to delete from the outcome table after the element's last transaction. */
  public abstract List<String> forgotten();

  /**
   * Whether the element's content may differ from what the tables have of it, so that the {@link
   * DerivedColumns} become null.
   */
  public abstract boolean newContent();

  /**
   * The key of the earlier version, which may differ from the element's if the outcome table takes
   * different keys for equal; null if it does not.
   */
  public abstract @Nullable String formerKey();

  /**
   * The key of stored content that another program has overwritten, so that its {@link
   * DerivedColumns} become null even if the element is refused; null if there is none.
   */
  public abstract @Nullable String overwrittenKey();

  /**
   * Further values of owner columns by which rows of the element, or of its earlier version, are
   * found: the keys of its other rows in the first table.
   */
  public abstract List<String> owners();

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

  /** Decides to write a new element. */
  public static WriteDecision write() {
    return decide(Action.WRITE).build();
  }

  /** Decides to write an element of which the tables may have an earlier version. */
  public static WriteDecision replace() {
    return decide(Action.REPLACE).build();
  }

  /** Decides to write only the outcome of an element. */
  public static WriteDecision refuse(String code, String message) {
    return decide(Action.REFUSE).setCode(code).setMessage(message).build();
  }

  private static Builder decide(Action action) {
    return new AutoValue_WriteDecision.Builder()
        .setAction(action)
        .setClaims(List.of())
        .setRecorded(List.of())
        .setForgotten(List.of())
        .setNewContent(true)
        .setOwners(List.of());
  }

  /** Adds a condition. */
  public WriteDecision claiming(Claim claim) {
    return toBuilder().setClaims(List.of(claim)).build();
  }

  /** Adds rows for the outcome table. */
  public WriteDecision recording(List<Row> rows) {
    return toBuilder().setRecorded(List.copyOf(rows)).build();
  }

  /** Deletes rows of the outcome table. */
  public WriteDecision forgetting(List<String> keys) {
    return toBuilder().setForgotten(List.copyOf(keys)).build();
  }

  /** Names the key under which the earlier version is stored. */
  public WriteDecision renaming(String key) {
    return toBuilder().setFormerKey(key).build();
  }

  /** Names the key of stored content that another program has overwritten. */
  public WriteDecision clearing(String key) {
    return toBuilder().setOverwrittenKey(key).build();
  }

  /** Names further values of owner columns. */
  public WriteDecision owning(List<String> keys) {
    return toBuilder().setOwners(List.copyOf(keys)).build();
  }

  /** States that the tables have the element's content already. */
  public WriteDecision keepingContent() {
    return toBuilder().setNewContent(false).build();
  }

  abstract Builder toBuilder();

  /** Sets the values by name. */
  @AutoValue.Builder
  abstract static class Builder {

    abstract Builder setAction(Action action);

    abstract Builder setCode(@Nullable String code);

    abstract Builder setMessage(@Nullable String message);

    abstract Builder setClaims(List<Claim> claims);

    abstract Builder setRecorded(List<Row> rows);

    abstract Builder setForgotten(List<String> keys);

    abstract Builder setNewContent(boolean newContent);

    abstract Builder setFormerKey(@Nullable String key);

    abstract Builder setOverwrittenKey(@Nullable String key);

    abstract Builder setOwners(List<String> keys);

    abstract WriteDecision build();
  }
}

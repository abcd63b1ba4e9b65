package org.irisgraph.iris;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.SerializableBiFunction;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.irisgraph.jdbc.Row;

/**
 * What an element of type {@code T} puts into one table.
 *
 * <p>Optional columns are written where the table has them, so that one description serves tables
 * that grew differently; a required column that is missing is a configuration error.
 */
@AutoValue
public abstract class TableWrite<T> implements Serializable {

  /** The table, {@code SCHEMA.TABLE}. */
  public abstract String table();

  /** All columns, in the order of each row's values. */
  public abstract List<String> columns();

  /** The columns of the primary key. */
  public abstract List<String> key();

  abstract List<String> optionalColumns();

  abstract SerializableFunction<T, List<Row>> rows();

  abstract RowRule rule();

  abstract List<Reference> references();

  abstract @Nullable String ownerColumn();

  abstract @Nullable OwnerThrough ownerThrough();

  abstract @Nullable Foreign foreign();

  abstract boolean partsOnly();

  abstract Builder<T> toBuilder();

  /** A column whose value is the key of a row of another table that the same element writes. */
  record Reference(String column, String table) implements Serializable {}

  /** Rows that belong to an element because they refer to a row that does. */
  record OwnerThrough(String column, String table, String tableKey, String tableOwner)
      implements Serializable {}

  /** How the rows that others store for an element are told from ours, and treated. */
  record Foreign(SerializableBiFunction<String, String, Boolean> isOwn, ForeignRows rows)
      implements Serializable {}

  @AutoValue.Builder
  abstract static class Builder<T> {
    abstract Builder<T> setTable(String table);

    abstract Builder<T> setColumns(List<String> columns);

    abstract Builder<T> setKey(List<String> key);

    abstract Builder<T> setOptionalColumns(List<String> columns);

    abstract Builder<T> setRows(SerializableFunction<T, List<Row>> rows);

    abstract Builder<T> setRule(RowRule rule);

    abstract Builder<T> setReferences(List<Reference> references);

    abstract Builder<T> setOwnerColumn(@Nullable String column);

    abstract Builder<T> setOwnerThrough(@Nullable OwnerThrough through);

    abstract Builder<T> setForeign(@Nullable Foreign foreign);

    abstract Builder<T> setPartsOnly(boolean partsOnly);

    abstract TableWrite<T> build();
  }

  /** Starts with a table, {@code SCHEMA.TABLE}, that no element puts a row into yet. */
  public static <T> TableWrite<T> into(String table) {
    if (!table.matches("[A-Za-z][A-Za-z0-9_]*\\.[A-Za-z][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException("not a table of the form SCHEMA.TABLE: " + table);
    }
    return new AutoValue_TableWrite.Builder<T>()
        .setTable(table)
        .setColumns(List.of())
        .setKey(List.of())
        .setOptionalColumns(List.of())
        .setRows(element -> List.of())
        .setRule(row -> Optional.empty())
        .setReferences(List.of())
        .setPartsOnly(false)
        .build();
  }

  /** Sets the columns, in the order of each row's values. */
  public TableWrite<T> withColumns(String... columns) {
    return toBuilder().setColumns(List.of(columns)).build();
  }

  /** Sets the columns of the primary key, which are columns of the row too. */
  public TableWrite<T> withKey(String... key) {
    return toBuilder().setKey(checked(key)).build();
  }

  /** Names the columns that are left out where the table does not have them. */
  public TableWrite<T> withOptionalColumns(String... columns) {
    return toBuilder().setOptionalColumns(checked(columns)).build();
  }

  /** Sets what rows an element has in this table. */
  public TableWrite<T> withRows(SerializableFunction<T, List<Row>> rows) {
    return toBuilder().setRows(rows).build();
  }

  /** Sets a check; a row that violates it is rejected before the database sees it. */
  public TableWrite<T> withRule(RowRule rule) {
    return toBuilder().setRule(rule).build();
  }

  /**
   * Says that a column holds the key of a row that the same element has in another table, one that
   * is written before this: a row whose counterpart was rejected or is missing is rejected with it.
   */
  public TableWrite<T> withReference(String column, String otherTable) {
    List<Reference> references = new ArrayList<>(references());
    references.add(new Reference(checked(column).get(0), otherTable));
    return toBuilder().setReferences(List.copyOf(references)).build();
  }

  /**
   * Says that a column holds the element's key, so that an element that replaces an earlier version
   * of itself can delete the rows that it no longer has. That there is an earlier version is for
   * the {@linkplain IrisIO.Write#withOutcomes outcome table} to decide; without one, rows that an
   * element no longer has stay in the table.
   */
  public TableWrite<T> withOwner(String column) {
    return toBuilder().setOwnerColumn(column).build();
  }

  /**
   * Says who owns a row where the table has no column for it: the owner of the row of {@code table}
   * whose {@code tableKey} stands in {@code column}.
   */
  public TableWrite<T> withOwnerThrough(
      String column, String table, String tableKey, String tableOwner) {
    return toBuilder()
        .setOwnerThrough(new OwnerThrough(column, table, tableKey, tableOwner))
        .build();
  }

  /**
   * Says that others store rows for the same owners, how they are told, and what becomes of them.
   * By default all rows of an owner count as the element's own.
   *
   * <p>With {@link ForeignRows#KEEP} a new element costs nothing more. With {@link
   * ForeignRows#REPLACE} its rows are looked up first, and where there is a way to the owner
   * {@linkplain #withOwnerThrough through another table}, also those whose owner column is null.
   *
   * @param isOwn whether the row of an owner (the first value, as it stands in the table) with a
   *     key (the second) is one that an element put there, in this version of it or in another
   */
  public TableWrite<T> withForeignRows(
      SerializableBiFunction<String, String, Boolean> isOwn, ForeignRows rows) {
    return toBuilder().setForeign(new Foreign(isOwn, rows)).build();
  }

  /**
   * Says that an element is there without its rows in this table. By default an element whose only
   * row in the first table is rejected is rejected with it.
   */
  public TableWrite<T> ofParts() {
    return toBuilder().setPartsOnly(true).build();
  }

  /**
   * Makes sure that this table can be written after others.
   *
   * @throws IllegalArgumentException if it has no key, or refers to a table that is not among them
   */
  void checkAfter(List<TableWrite<T>> earlier) {
    if (key().isEmpty()) {
      throw new IllegalArgumentException("no key is set for table " + table());
    }
    if (key().size() > 1 && (ownerColumn() != null || ownerThrough() != null)) {
      throw new IllegalArgumentException(
          "table %s has an owner, so its key must be one column".formatted(table()));
    }
    for (Reference reference : references()) {
      if (!reference.table().equals(table())
          && earlier.stream().noneMatch(other -> other.table().equals(reference.table()))) {
        throw new IllegalArgumentException(
            "%s of table %s refers to %s, which is not written before it"
                .formatted(reference.column(), table(), reference.table()));
      }
    }
  }

  private List<String> checked(String... names) {
    for (String name : names) {
      if (!columns().contains(name)) {
        throw new IllegalArgumentException(
            "%s is not among the columns of %s: %s".formatted(name, table(), columns()));
      }
    }
    return List.of(names);
  }
}

package org.irisgraph.iris.spec;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.beam.sdk.transforms.SerializableBiFunction;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.irisgraph.iris.IrisIO;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.VectorColumn;
import org.jspecify.annotations.Nullable;

/**
 * Describes the rows that an element of type {@code T} has in one table.
 *
 * <p>Optional columns are written if the table has them, so that one description suits different
 * versions of a table; a missing required column is a configuration error.
 */
@AutoValue
public abstract class TableWrite<T> implements Serializable {

  /** The table, {@code SCHEMA.TABLE}. */
  public abstract String table();

  /** All columns, in the order of each row's values. */
  public abstract List<String> columns();

  /** The columns of the primary key. */
  public abstract List<String> key();

  public abstract List<String> optionalColumns();

  public abstract SerializableFunction<T, List<Row>> rows();

  public abstract RowRule rule();

  public abstract List<Reference> references();

  public abstract @Nullable String ownerColumn();

  public abstract @Nullable OwnerThrough ownerThrough();

  public abstract @Nullable Foreign foreign();

  public abstract @Nullable Links links();

  public abstract boolean partsOnly();

  public abstract boolean allRowsOrNone();

  public abstract @Nullable VectorColumn vector();

  public abstract boolean updatesOnly();

  abstract Builder<T> toBuilder();

  /** A column that contains the key of a row that the same element has in another table. */
  public record Reference(String column, String table) implements Serializable {}

  /** The owner of a row is the owner of the row that it refers to. */
  public record OwnerThrough(String column, String table, String tableKey, String tableOwner)
      implements Serializable {}

  /** How to distinguish and treat the rows that other programs store for an element. */
  public record Foreign(SerializableBiFunction<String, String, Boolean> isOwn, ForeignRows rows)
      implements Serializable {}

  /** How to recognise the rows that link elements, and whether to leave them to who made them. */
  public record Links(List<String> columns, SerializableFunction<Row, Boolean> isLink, boolean kept)
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

    abstract Builder<T> setLinks(@Nullable Links links);

    abstract Builder<T> setPartsOnly(boolean partsOnly);

    abstract Builder<T> setAllRowsOrNone(boolean allRowsOrNone);

    abstract Builder<T> setVector(@Nullable VectorColumn vector);

    abstract Builder<T> setUpdatesOnly(boolean updatesOnly);

    abstract TableWrite<T> build();
  }

  private static final SerializableFunction<Object, List<Row>> NO_ROWS = element -> List.of();

  @SuppressWarnings("unchecked") // It does not look at the element.
  private static <T> SerializableFunction<T, List<Row>> noRows() {
    return (SerializableFunction<T, List<Row>>) (SerializableFunction<?, ?>) NO_ROWS;
  }

  /** Describes a table, {@code SCHEMA.TABLE}, in which no element has rows yet. */
  public static <T> TableWrite<T> into(String table) {
    if (!table.matches("[A-Za-z][A-Za-z0-9_]*\\.[A-Za-z][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException("not a table of the form SCHEMA.TABLE: " + table);
    }
    return new AutoValue_TableWrite.Builder<T>()
        .setTable(table)
        .setColumns(List.of())
        .setKey(List.of())
        .setOptionalColumns(List.of())
        .setRows(noRows())
        .setRule(row -> Optional.empty())
        .setReferences(List.of())
        .setPartsOnly(false)
        .setAllRowsOrNone(false)
        .setUpdatesOnly(false)
        .build();
  }

  /** Sets the columns, in the order of each row's values. */
  public TableWrite<T> withColumns(String... columns) {
    return toBuilder().setColumns(List.of(columns)).build();
  }

  /** Sets the columns of the primary key, which must be among the columns. */
  public TableWrite<T> withKey(String... key) {
    return toBuilder().setKey(checked(key)).build();
  }

  /** Sets the columns that are omitted if the table does not have them. */
  public TableWrite<T> withOptionalColumns(String... columns) {
    return toBuilder().setOptionalColumns(checked(columns)).build();
  }

  /** Sets the rows that an element has in this table. */
  public TableWrite<T> withRows(SerializableFunction<T, List<Row>> rows) {
    return toBuilder().setRows(rows).build();
  }

  /** Sets a rule; a row that violates it is rejected and not sent to the database. */
  public TableWrite<T> withRule(RowRule rule) {
    return toBuilder().setRule(rule).build();
  }

  /**
   * Declares that a column contains the key of a row that the same element has in another table,
   * which must precede this one. A row is rejected if the row that it refers to is missing or
   * rejected.
   */
  public TableWrite<T> withReference(String column, String otherTable) {
    List<Reference> references = new ArrayList<>(references());
    references.add(new Reference(checked(column).get(0), otherTable));
    return toBuilder().setReferences(List.copyOf(references)).build();
  }

  /**
   * Declares that a column contains the element's key, so that a new version of an element can
   * delete the rows that it no longer has. The {@linkplain IrisIO.Write#withOutcomes outcome table}
   * decides whether there is an earlier version; without one, such rows stay in the table.
   */
  public TableWrite<T> withOwner(String column) {
    return toBuilder().setOwnerColumn(column).build();
  }

  /**
   * Declares the owner of a row if the table has no owner column: the owner of the row of {@code
   * table} whose {@code tableKey} is the value of {@code column}.
   */
  public TableWrite<T> withOwnerThrough(
      String column, String table, String tableKey, String tableOwner) {
    return toBuilder()
        .setOwnerThrough(new OwnerThrough(column, table, tableKey, tableOwner))
        .build();
  }

  /**
   * Declares that other programs store rows for the same owners, and how to treat them. By default
   * all rows of an owner count as the element's own.
   *
   * <p>With {@link ForeignRows#KEEP} a new element costs nothing extra. With {@link
   * ForeignRows#REPLACE} its rows are looked up first; if the owner can be found {@linkplain
   * #withOwnerThrough through another table}, also those whose owner column is null.
   *
   * @param isOwn whether an element stored a row, in any version, given the row's owner as the
   *     table has it and the row's key
   */
  public TableWrite<T> withForeignRows(
      SerializableBiFunction<String, String, Boolean> isOwn, ForeignRows rows) {
    return toBuilder().setForeign(new Foreign(isOwn, rows)).build();
  }

  /**
   * Declares that some rows link rows of two elements, and that their maker keeps them up to date.
   * A link does not hold a row that it refers to: it is deleted with that row, even if the other
   * element owns it.
   *
   * @param columns the columns to recognise links by
   * @param isLink whether a row with the values of these columns is a link
   * @param kept whether a new version of an element leaves the other links that it owns as they
   *     are; otherwise it deletes them, like all rows that it no longer has
   */
  public TableWrite<T> withLinks(
      List<String> columns, SerializableFunction<Row, Boolean> isLink, boolean kept) {
    return toBuilder()
        .setLinks(new Links(checked(columns.toArray(String[]::new)), isLink, kept))
        .build();
  }

  /**
   * Declares that an element can be stored without its rows in this table. By default an element is
   * rejected if all its rows in the first table are.
   */
  public TableWrite<T> ofParts() {
    return toBuilder().setPartsOnly(true).build();
  }

  /** Declares that an element is rejected with any of its rows in this table. */
  public TableWrite<T> withAllRowsOrNone() {
    return toBuilder().setAllRowsOrNone(true).build();
  }

  /** Declares that one of the columns holds vectors; none if that is null. */
  public TableWrite<T> withVector(@Nullable VectorColumn vector) {
    if (vector != null) {
      checked(vector.name());
    }
    return toBuilder().setVector(vector).build();
  }

  /**
   * Declares that others store the rows, of which the vector is updated where they exist. The
   * columns are the vector's and that of the key.
   */
  public TableWrite<T> updatingOnly() {
    return toBuilder().setUpdatesOnly(true).build();
  }

  /**
   * Checks that this table can be written after others.
   *
   * @throws IllegalArgumentException if it has no key or no rows, is among them, or refers to a
   *     table that is not
   */
  public void checkAfter(List<TableWrite<T>> earlier) {
    if (rows() == NO_ROWS) {
      throw new IllegalArgumentException(
          "withRows is missing for table %s: nothing would be written".formatted(table()));
    }
    if (key().isEmpty()) {
      throw new IllegalArgumentException("no key is set for table " + table());
    }
    if (key().size() > 1 && (ownerColumn() != null || ownerThrough() != null)) {
      throw new IllegalArgumentException(
          "table %s has an owner, so its key must be one column".formatted(table()));
    }
    if (earlier.stream().anyMatch(other -> other.table().equals(table()))) {
      throw new IllegalArgumentException(
          "table %s is listed twice: write all its rows together".formatted(table()));
    }
    for (Reference reference : references()) {
      TableWrite<T> referred =
          Stream.concat(earlier.stream(), Stream.of(this))
              .filter(other -> other.table().equals(reference.table()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "%s of table %s refers to %s, which is not written before it"
                              .formatted(reference.column(), table(), reference.table())));
      if (referred.key().size() > 1) {
        throw new IllegalArgumentException(
            "%s of table %s refers to %s, whose key has several columns: leave the reference out"
                .formatted(reference.column(), table(), reference.table()));
      }
    }
  }

  private List<String> checked(String... names) {
    for (String name : names) {
      if (!columns().contains(name)) {
        throw new IllegalArgumentException(
            "%s is not among the columns of %s: %s"
                .formatted(
                    name,
                    table(),
                    columns().isEmpty() ? "withColumns has to come first" : columns()));
      }
    }
    return List.of(names);
  }
}

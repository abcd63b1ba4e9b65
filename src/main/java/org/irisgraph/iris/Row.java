package org.irisgraph.iris;

import java.util.Arrays;
import java.util.Objects;

/**
 * One row for a table: a value for each column of its {@link TableWrite}, in that order. Values are
 * null, {@link String}, {@link Integer}, {@link Long}, {@link Double}, {@link Boolean} or {@link
 * java.sql.Timestamp}.
 */
public final class Row {

  private final Object[] values;

  private Row(Object[] values) {
    this.values = values;
  }

  /** A row of these values. */
  public static Row of(Object... values) {
    return new Row(values.clone());
  }

  /** The value of a column, by its place. */
  public Object get(int column) {
    return values[column];
  }

  int size() {
    return values.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Row row && Arrays.equals(values, row.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash((Object) Arrays.hashCode(values));
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}

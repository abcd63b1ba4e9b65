package org.irisgraph.jdbc;

import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

/**
 * One row for a table: a value for each column of its {@code TableWrite}, in that order. Values are
 * null, {@link String}, {@link Integer}, {@link Long}, {@link Double}, {@link Boolean} or {@link
 * java.sql.Timestamp}. (Beam has a class of this name, too, {@code
 * org.apache.beam.sdk.values.Row}.)
 */
public final class Row {

  private static final Set<Class<?>> CLASSES =
      Set.of(String.class, Integer.class, Long.class, Double.class, Boolean.class, Timestamp.class);

  private final Object[] values;

  private Row(Object[] values) {
    this.values = values;
  }

  /**
   * A row of these values.
   *
   * @throws IllegalArgumentException if one is of another class than those above
   */
  public static Row of(Object... values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null && !CLASSES.contains(values[i].getClass())) {
        throw new IllegalArgumentException(
            "value %d of the row is a %s; there are only %s"
                .formatted(
                    i + 1,
                    values[i].getClass().getName(),
                    CLASSES.stream().map(Class::getSimpleName).sorted().toList()));
      }
    }
    return new Row(values.clone());
  }

  /** The value of a column, by its place. */
  public Object get(int column) {
    return values[column];
  }

  public int size() {
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

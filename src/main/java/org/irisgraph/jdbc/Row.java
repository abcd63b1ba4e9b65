package org.irisgraph.jdbc;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values of one row, in the order of its columns. A value is null or a {@link String}, {@link
 * Integer}, {@link Long}, {@link Double}, {@link BigDecimal}, {@link Boolean}, {@link Timestamp},
 * {@link LocalDate}, {@link LocalTime}, or an array of bytes or of {@link Float}. (Not to be
 * confused with {@code org.apache.beam.sdk.values.Row}.)
 */
public final class Row {

  private static final Set<Class<?>> CLASSES =
      Set.of(
          String.class,
          Integer.class,
          Long.class,
          Double.class,
          BigDecimal.class,
          Boolean.class,
          Timestamp.class,
          LocalDate.class,
          LocalTime.class,
          byte[].class,
          Float[].class);

  private final @Nullable Object[] values;

  private Row(@Nullable Object[] values) {
    this.values = values;
  }

  /**
   * Creates a row.
   *
   * @throws IllegalArgumentException if a value is of another class
   */
  public static Row of(@Nullable Object... values) {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value != null && !(value instanceof String) && !CLASSES.contains(value.getClass())) {
        throw new IllegalArgumentException(
            "value %d of the row is a %s; allowed are %s"
                .formatted(
                    i + 1,
                    value.getClass().getName(),
                    CLASSES.stream().map(Class::getSimpleName).sorted().toList()));
      }
    }
    return new Row(values.clone());
  }

  /** The value of a column. */
  public @Nullable Object get(int column) {
    return values[column];
  }

  /**
   * The value of a column of a key as a text, which is the same for values that a database takes
   * for equal; null becomes {@code "null"}.
   */
  public String key(int column) {
    Object value = values[column];
    if (value instanceof Timestamp time) {
      // Its own text is in the zone of this JVM, where an hour of autumn comes twice.
      return time.toInstant().toString();
    } else if (value instanceof BigDecimal number) {
      return number.stripTrailingZeros().toString();
    } else if (value instanceof Double number) {
      // Zero has two signs.
      return String.valueOf(number + 0.0);
    } else if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    return String.valueOf(value);
  }

  /**
   * The value of a text column.
   *
   * @throws NullPointerException if it is null
   */
  public String text(int column) {
    return (String) notNull(column);
  }

  /**
   * The value of an INTEGER or BIGINT column.
   *
   * @throws NullPointerException if it is null
   */
  public long number(int column) {
    Object value = notNull(column);
    if (value instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalStateException(
        "a column of numbers has the type %s: a table is of another layout"
            .formatted(value.getClass().getSimpleName()));
  }

  /**
   * The value of a TIMESTAMP column.
   *
   * @throws NullPointerException if it is null
   */
  public Timestamp timestamp(int column) {
    return (Timestamp) notNull(column);
  }

  private Object notNull(int column) {
    return Objects.requireNonNull(values[column], () -> "column %d is null".formatted(column));
  }

  public int size() {
    return values.length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Row row && Arrays.deepEquals(values, row.values);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.deepToString(values);
  }
}

package org.irisgraph.iris;

import java.io.Serializable;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.LogicalType;
import org.apache.beam.sdk.schemas.logicaltypes.Date;
import org.apache.beam.sdk.schemas.logicaltypes.DateTime;
import org.apache.beam.sdk.schemas.logicaltypes.EnumerationType;
import org.apache.beam.sdk.schemas.logicaltypes.MicrosInstant;
import org.apache.beam.sdk.schemas.logicaltypes.NanosInstant;
import org.apache.beam.sdk.schemas.logicaltypes.Time;
import org.apache.beam.sdk.schemas.logicaltypes.UuidLogicalType;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.Row;
import org.joda.time.ReadableInstant;
import org.jspecify.annotations.Nullable;

/** Turns Beam's rows of one schema into rows of values that can be bound. */
final class RowFields implements Serializable {

  /** Turns a value of a field, which is not null, into one that can be bound. */
  @FunctionalInterface
  private interface Conversion extends Serializable {
    Object of(Object value);
  }

  private static final Conversion SAME = value -> value;
  private static final Conversion INSTANT = value -> Timestamp.from((Instant) value);

  private final List<Conversion> conversions;

  private RowFields(List<Conversion> conversions) {
    this.conversions = conversions;
  }

  /**
   * Finds how to store each field.
   *
   * @throws IllegalArgumentException if a field cannot be stored; the message has its name
   */
  static RowFields of(Schema schema, Dialect dialect) {
    List<Conversion> conversions = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      if (!field.getName().matches("[A-Za-z][A-Za-z0-9_]*")) {
        throw new IllegalArgumentException(
            "field '%s' cannot be a column: rename it to letters, digits and underscores"
                .formatted(field.getName()));
      }
      Conversion conversion = conversion(field.getType(), dialect);
      if (conversion == null) {
        throw new IllegalArgumentException(
            "field '%s' is of type %s, which no column holds: flatten it, write it as a text, or"
                    .formatted(field.getName(), field.getType().getTypeName())
                + " drop it");
      }
      conversions.add(conversion);
    }
    return new RowFields(List.copyOf(conversions));
  }

  private static @Nullable Conversion conversion(FieldType type, Dialect dialect) {
    return switch (type.getTypeName()) {
      case BYTE, INT16 -> value -> ((Number) value).intValue();
      case FLOAT -> value -> ((Number) value).doubleValue();
      case DATETIME -> value -> new Timestamp(((ReadableInstant) value).getMillis());
      case INT32, INT64, DOUBLE, DECIMAL, BOOLEAN, STRING, BYTES -> SAME;
      case LOGICAL_TYPE -> logical(Objects.requireNonNull(type.getLogicalType()), dialect);
      case ARRAY, ITERABLE, MAP, ROW -> null;
    };
  }

  private static <V> @Nullable Conversion logical(LogicalType<V, ?> type, Dialect dialect) {
    String identifier = type.getIdentifier();
    if ((LogicalType<?, ?>) type instanceof EnumerationType enumeration) {
      return value -> enumeration.toString((EnumerationType.Value) value);
    } else if (identifier.equals(UuidLogicalType.IDENTIFIER)) {
      return Object::toString;
    } else if (identifier.equals(Date.IDENTIFIER)) {
      return SAME;
    } else if (identifier.equals(Time.IDENTIFIER)) {
      return value -> dialect.timeOfDay((LocalTime) value);
    } else if (identifier.equals(DateTime.IDENTIFIER)) {
      return value -> Timestamp.from(((LocalDateTime) value).toInstant(ZoneOffset.UTC));
    } else if (List.of(
            MicrosInstant.IDENTIFIER,
            NanosInstant.IDENTIFIER,
            org.apache.beam.sdk.schemas.logicaltypes.Timestamp.IDENTIFIER)
        .contains(identifier)) {
      return INSTANT;
    }
    Conversion ofBase = conversion(type.getBaseType(), dialect);
    if (ofBase == null) {
      return null;
    }
    @SuppressWarnings("unchecked") // A row gives its fields of this type as V.
    Conversion toBase = value -> ofBase.of(type.toBaseType((V) value));
    return toBase;
  }

  /** The values of some fields of a row, in their order. */
  Row values(org.apache.beam.sdk.values.Row row, int... fields) {
    @Nullable Object[] values = new Object[fields.length];
    for (int i = 0; i < fields.length; i++) {
      Object value = row.getValue(fields[i]);
      values[i] = value == null ? null : conversions.get(fields[i]).of(value);
    }
    return Row.of(values);
  }

  /** About how many bytes the texts and bytes of a row have. */
  static long bytes(org.apache.beam.sdk.values.Row row) {
    long bytes = 0;
    for (Object value : row.getValues()) {
      if (value instanceof String text) {
        bytes += text.length();
      } else if (value instanceof byte[] some) {
        bytes += some.length;
      }
    }
    return bytes;
  }
}

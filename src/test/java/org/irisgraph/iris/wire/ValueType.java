package org.irisgraph.iris.wire;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/**
 * The type of a column or a parameter in the protocol. It decides how the driver writes a value:
 * VARCHAR as a string, INTEGER and BIGINT as integers, DOUBLE as a double.
 *
 * @param code a number of {@link Types}, which the protocol shares
 */
record ValueType(int code, int precision, int scale, boolean nullable) {
  /** Day 0 of the server's calendar: dates are sent as days since then on the fast path. */
  private static final LocalDate FIRST_DAY = LocalDate.of(1840, 12, 31);

  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();

  /** The type nearest to one of H2. */
  static ValueType of(int jdbcType, int precision, int scale, boolean nullable) {
    int code =
        switch (jdbcType) {
          case Types.CLOB, Types.NCLOB -> Types.LONGVARCHAR;
          case Types.BLOB -> Types.LONGVARBINARY;
          case Types.BINARY -> Types.VARBINARY;
          case Types.BOOLEAN -> Types.BIT;
          case Types.FLOAT, Types.REAL -> Types.DOUBLE;
          case Types.DECIMAL -> Types.NUMERIC;
          case Types.TIMESTAMP_WITH_TIMEZONE -> Types.TIMESTAMP;
          case Types.BIGINT,
              Types.BIT,
              Types.DATE,
              Types.DOUBLE,
              Types.INTEGER,
              Types.NUMERIC,
              Types.SMALLINT,
              Types.TIME,
              Types.TIMESTAMP,
              Types.TINYINT,
              Types.VARBINARY ->
              jdbcType;
          default -> Types.VARCHAR;
        };
    return new ValueType(code, precision, scale, nullable);
  }

  /**
   * The same as the column of a result. For a stream the driver would ask for the handle's content
   * with {@code SS} and more, whose layout is not known; so long text is given as VARCHAR, inline.
   */
  ValueType inResult() {
    return switch (code) {
      case Types.LONGVARCHAR -> new ValueType(Types.VARCHAR, precision, scale, nullable);
      case Types.LONGVARBINARY -> new ValueType(Types.VARBINARY, precision, scale, nullable);
      default -> this;
    };
  }

  void describe(ListWriter reply) {
    reply.integer(code).integer(precision).integer(scale).integer(nullable ? 1 : 0);
  }

  /**
   * A parameter's value for H2. The server's conventions: an item that is absent or empty is NULL,
   * one NUL is the empty string.
   */
  Object toDatabase(Object item) {
    if (item == null || item.equals("")) {
      return null;
    }
    if (item.equals("\0")) {
      return isBinary() ? new byte[] {0} : "";
    }
    return switch (code) {
      case Types.VARBINARY, Types.LONGVARBINARY ->
          item.toString().getBytes(StandardCharsets.ISO_8859_1);
      case Types.DATE -> item instanceof Long days ? FIRST_DAY.plusDays(days) : item;
      case Types.TIME -> item instanceof Number seconds ? timeOfDay(seconds) : item;
      default -> item;
    };
  }

  /** Appends the value of a column of the current row. */
  void write(ListWriter reply, ResultSet row, int column) throws SQLException {
    if (row.getObject(column) == null) {
      reply.undefined();
      return;
    }
    switch (code) {
      case Types.BIT -> reply.integer(row.getBoolean(column) ? 1 : 0);
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT ->
          reply.integer(row.getLong(column));
      case Types.DOUBLE -> reply.number(row.getDouble(column));
      case Types.NUMERIC -> reply.decimal(row.getBigDecimal(column));
      case Types.TIMESTAMP ->
          reply.string(TIMESTAMP.format(row.getObject(column, LocalDateTime.class)));
      case Types.VARBINARY, Types.LONGVARBINARY -> reply.binary(row.getBytes(column));
      default -> reply.text(row.getString(column));
    }
  }

  private boolean isBinary() {
    return code == Types.VARBINARY || code == Types.LONGVARBINARY;
  }

  private static LocalTime timeOfDay(Number seconds) {
    return LocalTime.ofNanoOfDay(
        new BigDecimal(seconds.toString()).movePointRight(9).longValueExact());
  }
}

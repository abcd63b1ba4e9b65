package org.irisgraph.jdbc;

import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Calendar;
import java.util.Collections;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** Binds and reads values of statements. */
public final class Sql {

  /**
   * The most characters of a string in IRIS. Longer texts are bound as streams, for which the
   * drivers of the other databases need no longer.
   */
  static final int MAX_STRING = 3_641_144;

  private Sql() {}

  /** Parameter markers: {@code ?, ?, ?}. */
  static String markers(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  /** Replaces the plain markers of a statement's values. */
  public static String withMarkers(String statement, List<String> markers) {
    return statement.replace(
        "VALUES (" + markers(markers.size()) + ")", "VALUES (" + String.join(", ", markers) + ")");
  }

  /** Executes a statement that has neither parameters nor rows. */
  public static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * Binds a value by its class. Times are bound in UTC; {@code setTimestamp} would otherwise use
   * the zone of this JVM.
   */
  public static void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.NULL);
    } else if (value instanceof String text) {
      bind(statement, index, text);
    } else if (value instanceof Double number) {
      statement.setDouble(index, number);
    } else if (value instanceof Long number) {
      statement.setLong(index, number);
    } else if (value instanceof Integer number) {
      statement.setInt(index, number);
    } else if (value instanceof Boolean flag) {
      statement.setBoolean(index, flag);
    } else if (value instanceof Timestamp time) {
      statement.setTimestamp(index, time, utc());
    } else if (value instanceof BigDecimal number) {
      statement.setBigDecimal(index, number);
    } else if (value instanceof byte[] bytes) {
      statement.setBytes(index, bytes);
    } else if (value instanceof LocalDate date) {
      // Not as it is, which the IRIS driver does not take.
      statement.setDate(index, Date.valueOf(date));
    } else if (value instanceof LocalTime || value instanceof Float[]) {
      statement.setObject(index, value);
    } else {
      throw new IllegalArgumentException("no binding for " + value.getClass().getName());
    }
  }

  private static void bind(PreparedStatement statement, int index, String text)
      throws SQLException {
    if (text.length() > MAX_STRING) {
      statement.setCharacterStream(index, new StringReader(text), text.length());
    } else {
      statement.setString(index, text);
    }
  }

  /** Reads a value as one of the classes that {@link #bind} takes. */
  static @Nullable Object read(ResultSet result, int index) throws SQLException {
    Object value =
        switch (result.getMetaData().getColumnType(index)) {
          case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> result.getInt(index);
          case Types.BIGINT -> result.getLong(index);
          case Types.REAL, Types.FLOAT, Types.DOUBLE, Types.NUMERIC, Types.DECIMAL ->
              result.getDouble(index);
          case Types.BIT, Types.BOOLEAN -> result.getBoolean(index);
          case Types.TIMESTAMP -> result.getTimestamp(index, utc());
          default -> result.getString(index);
        };
    return result.wasNull() ? null : value;
  }

  /**
   * A calendar for times in UTC. {@link Calendar#getInstance} would give a Buddhist or Japanese one
   * where that is the language of the JVM, and the years of another era.
   */
  public static Calendar utc() {
    return new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
  }
}

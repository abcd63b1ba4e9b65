package org.irisgraph.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.irisgraph.document.TableRow;
import org.irisgraph.jdbc.Sql;
import org.irisgraph.table.TableSource.Column;
import org.jspecify.annotations.Nullable;

/** Reads the values of a row; a text that exceeds the size of a document is not read. */
final class RowValues {

  /** A vector as IRIS writes it where it is read as a text. */
  private static final Pattern VECTOR =
      Pattern.compile("\\[?\\s*[-+.\\deE]++(?:\\s*,\\s*[-+.\\deE]++){63,}+\\s*\\]?");

  /** The bits of a whole number that fits into a long. */
  private static final int LONG_BITS = 63;

  /** The first day of the Gregorian calendar, 15 October 1582. */
  private static final long GREGORIAN_SINCE = Instant.parse("1582-10-15T00:00:00Z").toEpochMilli();

  /** Beyond the times of all databases, which end with the year 294276. */
  private static final long UNLIMITED = 9_223_372_036_000_000L;

  private final List<Column> columns;
  private final int maxBytes;
  private boolean tooLarge;

  RowValues(TableSource source) {
    this.columns = source.columns();
    this.maxBytes = source.reader().maxDocumentBytes();
  }

  /** The id of the current row, which is its first column. */
  static String key(ResultSet rows) throws SQLException {
    return rows.getString(1);
  }

  /** The values of the current row beside its id. */
  TableRow row(ResultSet rows) throws SQLException {
    tooLarge = false;
    String text = null;
    String title = null;
    String metadata = null;
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 1; i < columns.size(); i++) {
      Column column = columns.get(i);
      switch (column.role()) {
        case TEXT -> text = text(rows, i + 1, column.type());
        case TITLE -> title = text(rows, i + 1, column.type());
        case METADATA -> metadata = text(rows, i + 1, column.type());
        case FIELD -> {
          Object value = value(rows, i + 1, column.type());
          if (value != null && !value.equals("") && !isVector(value)) {
            fields.put(column.name(), value);
          }
        }
        case ID -> throw new IllegalStateException("the id is the first column alone");
      }
    }
    return new TableRow(title, text, tooLarge, metadata, fields);
  }

  /** Whether a value is a list of at least 64 numbers, which is of no use in metadata. */
  private static boolean isVector(Object value) {
    return value instanceof String text && VECTOR.matcher(text).matches();
  }

  /** A value for metadata; a time is given in UTC, whatever the zone of the worker. */
  private @Nullable Object value(ResultSet rows, int index, int type) throws SQLException {
    Object value =
        switch (type) {
          case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> rows.getLong(index);
          case Types.NUMERIC, Types.DECIMAL -> number(rows, index);
          case Types.REAL, Types.FLOAT, Types.DOUBLE -> number(rows.getDouble(index));
          case Types.BOOLEAN -> rows.getBoolean(index);
          case Types.BIT -> bits(rows.getString(index));
          case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> time(rows, index);
          case Types.ARRAY -> array(rows.getArray(index));
          default -> text(rows, index, type);
        };
    return rows.wasNull() ? null : value;
  }

  /** A boolean, or a string of several bits, which PostgreSQL's driver does not convert. */
  private static @Nullable Object bits(@Nullable String bits) {
    if (bits == null) {
      return null;
    }
    return switch (bits.toLowerCase(Locale.ROOT)) {
      case "1", "t", "true" -> true;
      case "0", "f", "false" -> false;
      default -> bits;
    };
  }

  /** A number, or what PostgreSQL has beside numbers: NaN and the infinities. */
  private static @Nullable Object number(ResultSet rows, int index) throws SQLException {
    BigDecimal number;
    try {
      number = rows.getBigDecimal(index);
    } catch (SQLException | NumberFormatException e) {
      return rows.getString(index);
    }
    return number == null ? null : number(number);
  }

  private static Object number(BigDecimal number) {
    boolean isWhole = number.stripTrailingZeros().scale() <= 0;
    return isWhole && number.toBigInteger().bitLength() <= LONG_BITS
        ? (Object) number.longValue()
        : number(number.doubleValue());
  }

  /** JSON has no infinity. */
  private static Object number(double number) {
    return Double.isFinite(number) ? (Object) number : String.valueOf(number);
  }

  /** A time in UTC. */
  private static @Nullable String time(ResultSet rows, int index) throws SQLException {
    Timestamp time = rows.getTimestamp(index, Sql.utc());
    if (time == null) {
      return null;
    }
    if (isUnlimited(time.getTime())) {
      return rows.getString(index);
    }
    return time.getTime() < GREGORIAN_SINCE ? early(rows, index) : time.toInstant().toString();
  }

  /**
   * A time before the Gregorian calendar, as the database has it. Drivers do not agree whether a
   * {@link Timestamp} has its days in the Julian calendar.
   */
  private static String early(ResultSet rows, int index) throws SQLException {
    try {
      return rows.getObject(index, LocalDateTime.class).toInstant(ZoneOffset.UTC).toString();
    } catch (SQLException | RuntimeException e) {
      return rows.getString(index);
    }
  }

  /** PostgreSQL's driver gives the ends of its range for infinity and -infinity. */
  private static boolean isUnlimited(long millis) {
    return Math.abs(millis) >= UNLIMITED;
  }

  /** A list of the values of an array; those of an array in it are a list in the list. */
  private @Nullable Object array(@Nullable Array array) throws SQLException {
    if (array == null) {
      return null;
    }
    try {
      return element(array.getArray());
    } finally {
      array.free();
    }
  }

  private @Nullable Object element(@Nullable Object value) throws SQLException {
    if (value == null || value instanceof Boolean) {
      return value;
    }
    if (value.getClass().isArray()) {
      List<@Nullable Object> values = new ArrayList<>();
      for (int i = 0; i < java.lang.reflect.Array.getLength(value); i++) {
        values.add(element(java.lang.reflect.Array.get(value, i)));
      }
      return values;
    }
    if (value instanceof Array nested) {
      return array(nested);
    }
    if (value instanceof BigDecimal number) {
      return number(number);
    }
    if (value instanceof Float || value instanceof Double) {
      return number(((Number) value).doubleValue());
    }
    return value instanceof Number number ? number.longValue() : fitting(value.toString());
  }

  /**
   * A text; null if it is too large, of which no more is read than needed to know. The driver of
   * IRIS throws a NullPointerException for the stream of a null, and returns long texts as strings.
   */
  private @Nullable String text(ResultSet rows, int index, int type) throws SQLException {
    if (type != Types.CLOB && type != Types.NCLOB) {
      String text = rows.getString(index);
      return text == null ? null : fitting(text);
    }
    try (Reader reader = rows.getCharacterStream(index)) {
      if (reader == null) {
        return null;
      }
      StringBuilder text = new StringBuilder();
      char[] buffer = new char[8192];
      for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
        text.append(buffer, 0, read);
        if (text.length() > maxBytes) {
          tooLarge = true;
          return null;
        }
      }
      return fitting(text.toString());
    } catch (IOException e) {
      throw new SQLException("a text cannot be read: " + e.getMessage(), e);
    }
  }

  private @Nullable String fitting(String text) {
    // No character takes more than three bytes for each of its chars.
    if (text.length() > maxBytes / 3 && text.getBytes(UTF_8).length > maxBytes) {
      tooLarge = true;
      return null;
    }
    return text;
  }
}

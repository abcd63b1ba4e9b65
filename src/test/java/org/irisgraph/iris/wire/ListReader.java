package org.irisgraph.iris.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the {@code $LIST} items that {@link ListWriter} describes, front to back. */
final class ListReader {
  private final byte[] bytes;
  private int position;

  ListReader(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean hasNext() {
    return position < bytes.length;
  }

  /**
   * The next item: null, String, Long, BigDecimal or Double. Bytes come as a Latin-1 string, for
   * they look the same.
   *
   * @throws MalformedMessageException where no item begins here, or one of an unknown type
   */
  Object next() {
    int start = require(1);
    int first = bytes[start] & 0xFF;
    if (first == 1) {
      return null;
    }
    int length = first == 0 ? longLength() : first - 1;
    int typeAt = require(length);
    return value(bytes[typeAt] & 0xFF, Arrays.copyOfRange(bytes, typeAt + 1, typeAt + length));
  }

  /** The next item as an integer; the driver sends some numbers as strings. */
  int nextInteger() {
    Object value = next();
    if (value instanceof Long number) {
      return Math.toIntExact(number);
    }
    try {
      return value == null || value.equals("") ? 0 : Integer.parseInt(value.toString());
    } catch (NumberFormatException e) {
      throw new MalformedMessageException("an integer was expected, not " + value, e);
    }
  }

  /** The next item as a string, empty where there is none. */
  String nextString() {
    Object value = next();
    return value == null ? "" : value.toString();
  }

  /** The next item as bytes, none where there is none. */
  byte[] nextBinary() {
    return nextString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The next item as a list in the list. */
  ListReader nextList() {
    return new ListReader(nextBinary());
  }

  /** Four bytes that are no item: a number, little end first. */
  int nextRawInteger() {
    return (int) littleEndian(Integer.BYTES);
  }

  /** All bytes that are left, as UTF-8. */
  String rest() {
    int start = position;
    position = bytes.length;
    return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
  }

  /** The length of a long or extra-long item, its type byte included. */
  private int longLength() {
    long length = littleEndian(Short.BYTES);
    if (length == 0) {
      length = littleEndian(Integer.BYTES);
    }
    if (length < 1 || length > Integer.MAX_VALUE) {
      throw new MalformedMessageException("an item of length " + length);
    }
    return (int) length;
  }

  private long littleEndian(int width) {
    int start = require(width);
    return unsigned(Arrays.copyOfRange(bytes, start, start + width)).longValue();
  }

  /** Steps over {@code count} bytes, and gives where they begin. */
  private int require(int count) {
    if (count > bytes.length - position) {
      throw new MalformedMessageException(
          count + " bytes wanted at " + position + " of " + bytes.length);
    }
    int start = position;
    position += count;
    return start;
  }

  private static Object value(int type, byte[] data) {
    int plain =
        type >= ListItemType.BY_REFERENCE && type < 2 * ListItemType.BY_REFERENCE
            ? type - ListItemType.BY_REFERENCE
            : type;
    return switch (plain) {
      case ListItemType.LATIN_1, ListItemType.OBJECT_REFERENCE ->
          new String(data, StandardCharsets.ISO_8859_1);
      case ListItemType.UTF_16 -> new String(data, StandardCharsets.UTF_16LE);
      case ListItemType.POSITIVE_INTEGER -> integer(unsigned(data));
      case ListItemType.NEGATIVE_INTEGER -> integer(negative(data));
      case ListItemType.POSITIVE_DECIMAL -> new BigDecimal(unsigned(tail(data)), -data[0]);
      case ListItemType.NEGATIVE_DECIMAL -> new BigDecimal(negative(tail(data)), -data[0]);
      case ListItemType.DOUBLE, ListItemType.SPECIAL_DOUBLE -> number(data);
      default -> throw new MalformedMessageException("an item of type " + type);
    };
  }

  private static Object integer(BigInteger value) {
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : new BigDecimal(value);
  }

  private static byte[] tail(byte[] data) {
    return Arrays.copyOfRange(data, 1, data.length);
  }

  /**
   * Eight bytes are a double; four a float, two the upper half of one (the compact forms were never
   * seen from this driver, so their layout is a guess); none is zero.
   */
  private static double number(byte[] data) {
    long bits = unsigned(data).longValue();
    return switch (data.length) {
      case 0 -> 0;
      case Short.BYTES -> Float.intBitsToFloat((int) bits << Short.SIZE);
      case Float.BYTES -> Float.intBitsToFloat((int) bits);
      case Double.BYTES -> Double.longBitsToDouble(bits);
      default -> throw new MalformedMessageException("a double of " + data.length + " bytes");
    };
  }

  private static BigInteger negative(byte[] data) {
    byte[] complement = new byte[data.length];
    for (int i = 0; i < data.length; i++) {
      complement[i] = (byte) ~data[i];
    }
    return unsigned(complement).negate().subtract(BigInteger.ONE);
  }

  private static BigInteger unsigned(byte[] littleEnd) {
    byte[] bigEnd = new byte[littleEnd.length];
    for (int i = 0; i < littleEnd.length; i++) {
      bigEnd[i] = littleEnd[littleEnd.length - 1 - i];
    }
    return new BigInteger(1, bigEnd);
  }
}

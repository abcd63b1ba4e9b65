package org.irisgraph.iris.wire;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Writes {@code $LIST} items one after the other: the body of a message, or of a list in a list.
 *
 * <p>Short items (up to 253 bytes) carry their length in one byte, long ones (up to 65,534) in two,
 * extra-long ones in four. All three were observed from the driver.
 */
final class ListWriter {
  private static final int LONGEST_SHORT = 0xFF - 2;
  private static final int LONGEST_LONG = 0xFFFF - 1;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Appends the item that is not there: one byte, 01. */
  ListWriter undefined() {
    bytes.write(1);
    return this;
  }

  /** Appends an integer of any size up to 64 bits. */
  ListWriter integer(long value) {
    byte[] data =
        value < 0 ? complement(magnitude(BigInteger.valueOf(-(value + 1)))) : positive(value);
    return item(value < 0 ? ListItemType.NEGATIVE_INTEGER : ListItemType.POSITIVE_INTEGER, data);
  }

  /** Appends a decimal as mantissa and power of ten. */
  ListWriter decimal(BigDecimal value) {
    BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    BigInteger mantissa = stripped.unscaledValue();
    boolean negative = mantissa.signum() < 0;
    byte[] digits =
        negative
            ? complement(magnitude(mantissa.negate().subtract(BigInteger.ONE)))
            : magnitude(mantissa);
    byte[] data = new byte[digits.length + 1];
    data[0] = (byte) -stripped.scale();
    System.arraycopy(digits, 0, data, 1, digits.length);
    return item(negative ? ListItemType.NEGATIVE_DECIMAL : ListItemType.POSITIVE_DECIMAL, data);
  }

  /** Appends a double as its eight bytes, little end first. */
  ListWriter number(double value) {
    long bits = Double.doubleToLongBits(value);
    byte[] data = new byte[Long.BYTES];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (bits >>> (Byte.SIZE * i));
    }
    return item(ListItemType.DOUBLE, data);
  }

  /** Appends a string: Latin-1 where every character fits, UTF-16 otherwise. */
  ListWriter string(String value) {
    boolean narrow = value.chars().allMatch(c -> c < 0x100);
    return narrow
        ? item(ListItemType.LATIN_1, value.getBytes(StandardCharsets.ISO_8859_1))
        : item(ListItemType.UTF_16, value.getBytes(StandardCharsets.UTF_16LE));
  }

  /** Appends a text by the server's conventions: null is absent, the empty text one NUL. */
  ListWriter text(String value) {
    return value == null ? undefined() : string(value.isEmpty() ? "\0" : value);
  }

  /** Appends bytes as they are. */
  ListWriter binary(byte[] value) {
    return item(ListItemType.LATIN_1, value);
  }

  /** Appends a list as one item. */
  ListWriter list(ListWriter nested) {
    return binary(nested.toByteArray());
  }

  /** Appends the items of another list, not as one item. */
  ListWriter append(ListWriter items) {
    bytes.writeBytes(items.toByteArray());
    return this;
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  private ListWriter item(int type, byte[] data) {
    if (data.length <= LONGEST_SHORT) {
      bytes.write(data.length + 2);
    } else if (data.length <= LONGEST_LONG) {
      bytes.write(0);
      littleEndian(data.length + 1, Short.BYTES);
    } else {
      bytes.write(0);
      littleEndian(0, Short.BYTES);
      littleEndian(data.length + 1, Integer.BYTES);
    }
    bytes.write(type);
    bytes.writeBytes(data);
    return this;
  }

  private void littleEndian(int value, int width) {
    for (int i = 0; i < width; i++) {
      bytes.write(value >>> (Byte.SIZE * i));
    }
  }

  private static byte[] positive(long value) {
    return magnitude(BigInteger.valueOf(value));
  }

  /** The bytes of a number that is not negative, little end first, none for zero. */
  private static byte[] magnitude(BigInteger value) {
    int length = (value.bitLength() + Byte.SIZE - 1) / Byte.SIZE;
    byte[] data = new byte[length];
    for (int i = 0; i < length; i++) {
      data[i] = value.shiftRight(Byte.SIZE * i).byteValue();
    }
    return data;
  }

  private static byte[] complement(byte[] data) {
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) ~data[i];
    }
    return data;
  }
}

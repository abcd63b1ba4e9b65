package org.irisgraph.iris.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A message to the driver. */
final class Reply {
  /** The status of a query's last rows. */
  static final int NO_MORE_ROWS = 100;

  private static final byte[] EMPTY = {};

  private final int status;
  private final byte[] body;

  private Reply(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  static Reply success() {
    return new Reply(0, EMPTY);
  }

  static Reply success(ListWriter items) {
    return new Reply(0, items.toByteArray());
  }

  /** A success whose body is not all items. */
  static Reply raw(byte[] body) {
    return new Reply(0, body);
  }

  static Reply rows(ListWriter items) {
    return new Reply(NO_MORE_ROWS, items.toByteArray());
  }

  /** An error without a body: the driver asks for the message with {@code OE}. */
  static Reply refused(int code) {
    return refused(code, new ListWriter());
  }

  /**
   * An error with a body.
   *
   * @param code the SQLCODE as a positive number: the driver takes a negative one for success
   */
  static Reply refused(int code, ListWriter items) {
    return new Reply(code, items.toByteArray());
  }

  /** A status that is not one of SQL, with items. */
  static Reply status(int status, ListWriter items) {
    return new Reply(status, items.toByteArray());
  }

  /** A number and nothing else. Observed: for {@code IT}, any but 0 says "in a transaction". */
  static Reply status(int status) {
    return new Reply(status, EMPTY);
  }

  /** The bytes that answer the request with this header. */
  byte[] toBytes(int sequence, int statementId) {
    return ByteBuffer.allocate(Request.HEADER_BYTES + body.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(body.length)
        .putInt(sequence)
        .putInt(statementId)
        .putShort((short) status)
        .put(body)
        .array();
  }
}

package org.irisgraph.iris.wire;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A message of the driver: a header of 14 bytes, integers little end first, and a body of {@code
 * $LIST} items.
 */
final class Request {
  static final int HEADER_BYTES = 14;
  private static final int TYPE_BYTES = 2;

  private final int sequence;
  private final int statementId;
  private final String type;
  private final byte[] body;

  private Request(int sequence, int statementId, String type, byte[] body) {
    this.sequence = sequence;
    this.statementId = statementId;
    this.type = type;
    this.body = body;
  }

  /**
   * Reads one message.
   *
   * @return null where the driver closed the connection between two messages
   */
  static Request read(DataInputStream input) throws IOException {
    byte[] header = input.readNBytes(HEADER_BYTES);
    if (header.length == 0) {
      return null;
    }
    if (header.length < HEADER_BYTES) {
      throw new EOFException("a header of " + header.length + " bytes");
    }
    ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    byte[] body = new byte[fields.getInt()];
    int sequence = fields.getInt();
    int statementId = fields.getInt();
    String type =
        new String(header, HEADER_BYTES - TYPE_BYTES, TYPE_BYTES, StandardCharsets.ISO_8859_1);
    input.readFully(body);
    return new Request(sequence, statementId, type, body);
  }

  /** The driver's count, to be echoed. */
  int sequence() {
    return sequence;
  }

  /** The prepared statement it is about, 0 for none; to be echoed. */
  int statementId() {
    return statementId;
  }

  /** Two letters, as in {@code PU}, or {@link ClassMethods#MESSAGE}. */
  String type() {
    return type;
  }

  ListReader items() {
    return new ListReader(body);
  }
}

package org.irisgraph.document.tika;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;

/** The protocol between a worker and its parser process: one request, then one reply. */
final class FrameProtocol {

  /** The process has started. */
  static final byte READY = 1;

  /** A {@link ParsedDocument} follows. */
  static final byte PARSED = 2;

  /** The name of a {@link org.irisgraph.document.ReadFailure} and a message follow. */
  static final byte FAILED = 3;

  /** The message of a {@link MachineFault} follows. */
  static final byte FAULT = 4;

  private FrameProtocol() {}

  /** A text of any length, unlike those of {@link DataOutput#writeUTF}. */
  static void writeText(DataOutput out, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new IOException("a text cannot have %d bytes".formatted(length));
    }
    // Reads in pieces, so that a wrong length does not allocate memory at once.
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return new String(bytes, UTF_8);
  }
}

package org.irisgraph.document.tika;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What goes through the pipes between a worker and its parser: one request, then one reply. */
final class Frames {

  /** The process has started. */
  static final byte READY = 1;

  /** A {@link ParsedDocument} follows. */
  static final byte PARSED = 2;

  /** The name of a {@link org.irisgraph.document.ReadFailure} and a message follow. */
  static final byte FAILED = 3;

  private Frames() {}

  /** A text of any length, unlike those of {@link DataOutput#writeUTF}. */
  static void writeText(DataOutput out, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String readText(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new String(bytes, UTF_8);
  }
}

package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;

/** Decodes UTF-8 without replacing malformed input. */
final class StrictUtf8 {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final Charset LATIN = Charset.forName("windows-1252");

  /** How many bytes are shown on both sides of one that is not UTF-8. */
  private static final int EXCERPT = 16;

  private StrictUtf8() {}

  /**
   * Decodes bytes.
   *
   * @throws ReadException that names the first byte which is not UTF-8
   */
  static String decode(byte[] bytes) throws ReadException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    if (decode(in, out, true).isError()) {
      throw new ReadException(ReadFailure.NOT_UTF8, describe(bytes, in.position()));
    }
    return out.flip().toString();
  }

  /** Whether the bytes are UTF-8; the last character may be incomplete. */
  static boolean isPrefix(byte[] bytes) {
    return !decode(ByteBuffer.wrap(bytes), CharBuffer.allocate(bytes.length), false).isError();
  }

  /** Removes the byte order mark that some editors write. */
  static String withoutByteOrderMark(String text) {
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static CoderResult decode(ByteBuffer in, CharBuffer out, boolean whole) {
    CharsetDecoder decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    return decoder.decode(in, out, whole);
  }

  /** Where bytes are not UTF-8, and what to do. */
  static String problem(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    boolean error = decode(in, CharBuffer.allocate(bytes.length), true).isError();
    return describe(bytes, error ? in.position() : 0);
  }

  /** Shows the place as it reads in the encoding that such bytes mostly are in. */
  private static String describe(byte[] bytes, int offset) {
    int line = 1;
    for (int i = 0; i < offset; i++) {
      if (bytes[i] == '\n') {
        line++;
      }
    }
    int start = offset;
    while (start > 0 && offset - start < EXCERPT && bytes[start - 1] >= ' ') {
      start--;
    }
    int end = offset;
    while (end < bytes.length && end - offset < EXCERPT && (bytes[end] & 0xFF) >= ' ') {
      end++;
    }
    return String.format(
        "byte %d (0x%02X%s) is not UTF-8; in %s (Latin-1) the place reads \u201c%s\u201d: if that"
            + " is right, set the option encoding to %s, else to the encoding of the file, or"
            + " convert it to UTF-8",
        offset,
        bytes[offset] & 0xFF,
        line > 1 ? ", on line " + line : "",
        LATIN,
        new String(bytes, start, end - start, LATIN).strip(),
        LATIN);
  }
}

package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;
import org.irisgraph.document.BlockInputStream;

/**
 * The encoding of text files: UTF-8, UTF-16 and UTF-32 are recognised by their byte order mark,
 * UTF-16 also by the zero bytes of its Latin letters; all others are in the encoding of the option.
 */
final class TextEncoding {

  /** Bytes that {@link #marked} looks at. */
  private static final int BYTES = 256;

  private static final int FEWEST_PAIRS = 4;

  private static final int[] UTF8_MARK = {0xEF, 0xBB, 0xBF};

  private TextEncoding() {}

  /**
   * The content in UTF-8 without a byte order mark. Reading throws a {@link
   * org.irisgraph.document.ReadException} at the first byte that is not in the encoding.
   *
   * @param option the encoding of files without a mark
   */
  static BufferedInputStream utf8(BufferedInputStream content, Charset option) throws IOException {
    content.mark(BYTES);
    byte[] beginning = content.readNBytes(BYTES);
    content.reset();
    Charset charset = marked(beginning).orElse(option);
    if (!charset.equals(UTF_8)) {
      return new BufferedInputStream(new Utf8Bytes(new StrictReader(content, charset)));
    }
    if (startsWith(beginning, UTF8_MARK)) {
      content.skipNBytes(UTF8_MARK.length);
    }
    return content;
  }

  /** The beginning of a file as text, for a look at it: bytes that are not valid are replaced. */
  static String decode(byte[] beginning, Charset option) {
    String text = new String(beginning, marked(beginning).orElse(option));
    return StrictUtf8.withoutByteOrderMark(text);
  }

  /** The encoding that a mark or zero bytes give away. */
  static Optional<Charset> marked(byte[] beginning) {
    if (startsWith(beginning, UTF8_MARK)) {
      return Optional.of(UTF_8);
    }
    if (startsWith(beginning, 0xFF, 0xFE, 0, 0)) {
      return Optional.of(Charset.forName("UTF-32LE"));
    }
    if (startsWith(beginning, 0, 0, 0xFE, 0xFF)) {
      return Optional.of(Charset.forName("UTF-32BE"));
    }
    if (startsWith(beginning, 0xFF, 0xFE)) {
      return Optional.of(UTF_16LE);
    }
    if (startsWith(beginning, 0xFE, 0xFF)) {
      return Optional.of(UTF_16BE);
    }
    return unmarked(beginning);
  }

  /** UTF-16 without a mark: of most pairs one byte is zero, always the same one. */
  private static Optional<Charset> unmarked(byte[] beginning) {
    int pairs = Math.min(beginning.length, BYTES) / 2;
    int high = 0;
    int low = 0;
    for (int i = 0; i < pairs; i++) {
      high += beginning[2 * i] == 0 ? 1 : 0;
      low += beginning[2 * i + 1] == 0 ? 1 : 0;
    }
    // A character such as U+0100 or half of an emoji has its zero in the other byte.
    if (pairs < FEWEST_PAIRS
        || 4 * Math.min(high, low) > Math.max(high, low)
        || 2 * Math.max(high, low) < pairs) {
      return Optional.empty();
    }
    return Optional.of(high > low ? UTF_16BE : UTF_16LE);
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i == bytes.length || (bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** Encodes characters in UTF-8 while they are read. */
  private static final class Utf8Bytes extends BlockInputStream {

    private final StrictReader characters;
    private final char[] buffer = new char[4096];
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int kept;
    private boolean first = true;

    Utf8Bytes(StrictReader characters) {
      this.characters = characters;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      while (!bytes.hasRemaining()) {
        int read = characters.read(buffer, kept, buffer.length - kept);
        if (read < 0 && kept == 0) {
          return -1;
        }
        encode(kept + Math.max(0, read), read < 0);
      }
      int count = Math.min(length, bytes.remaining());
      bytes.get(target, offset, count);
      return count;
    }

    /** Keeps the first half of a surrogate pair until the other one is read. */
    private void encode(int length, boolean last) {
      int whole =
          !last && length > 0 && Character.isHighSurrogate(buffer[length - 1])
              ? length - 1
              : length;
      int start = first && whole > 0 && buffer[0] == '\uFEFF' ? 1 : 0;
      first = first && whole == 0;
      bytes = UTF_8.encode(CharBuffer.wrap(buffer, start, whole - start));
      kept = length - whole;
      System.arraycopy(Arrays.copyOfRange(buffer, whole, length), 0, buffer, 0, kept);
    }

    @Override
    public void close() throws IOException {
      characters.close();
    }
  }
}

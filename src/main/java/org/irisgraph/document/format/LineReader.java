package org.irisgraph.document.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads lines as bytes, in bounded memory: a line that is too long is skipped. Lines end in LF or
 * CR LF; the last one needs no end.
 */
final class LineReader {

  private static final int BUFFER_BYTES = 64 * 1024;

  /**
   * A line.
   *
   * @param number counted from the first line's number
   * @param bytes without its end; empty if the line is too long
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on at once and never compared.
  record Line(long number, byte[] bytes, boolean tooLong) {}

  private final InputStream content;
  private final int maxBytes;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int next;
  private int filled;
  private long number;

  LineReader(InputStream content, long firstLine, int maxBytes) {
    this.content = content;
    this.number = firstLine;
    this.maxBytes = maxBytes;
  }

  /** The number of the line that is read next, or that could not be read to its end. */
  long number() {
    return number;
  }

  /** The next line, or nothing at the end of the content. */
  Optional<Line> read() throws IOException {
    if (!fill()) {
      return Optional.empty();
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean tooLong = false;
    boolean ended = false;
    while (!ended && fill()) {
      int end = next;
      while (end < filled && buffer[end] != '\n') {
        end++;
      }
      ended = end < filled;
      // One byte more is held, because it may be the carriage return of the line's end.
      if (tooLong || line.size() + (end - next) > maxBytes + 1L) {
        tooLong = true;
        line.reset();
      } else {
        line.write(buffer, next, end - next);
      }
      next = ended ? end + 1 : end;
    }
    byte[] bytes = withoutCarriageReturn(line.toByteArray(), ended);
    tooLong |= bytes.length > maxBytes;
    return Optional.of(new Line(number++, tooLong ? new byte[0] : bytes, tooLong));
  }

  private static byte[] withoutCarriageReturn(byte[] bytes, boolean ended) {
    int last = bytes.length - 1;
    return ended && last >= 0 && bytes[last] == '\r' ? Arrays.copyOf(bytes, last) : bytes;
  }

  private boolean fill() throws IOException {
    if (next == filled) {
      next = 0;
      filled = Math.max(0, content.read(buffer, 0, buffer.length));
    }
    return next < filled;
  }
}

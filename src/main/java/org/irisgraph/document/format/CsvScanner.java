package org.irisgraph.document.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Finds where the records of a CSV file end, in bytes and in bounded memory: a record that is too
 * long is skipped. Line breaks within quotes are part of a field; elsewhere LF, CR LF and CR end a
 * record.
 *
 * <p>Why not a library: Commons CSV reads on after an unclosed quote until the memory is full.
 * FastCSV (tried in 3.7.0) returns the rest of the file as one sound record there, and neither it
 * nor its exception gives back the lines read, from which reading has to resume.
 */
final class CsvScanner {

  private static final int BUFFER_BYTES = 64 * 1024;

  /** The result of {@link #scan}. */
  enum Found {
    /** A record whose quotes are closed. */
    RECORD,
    /** The same, but longer than allowed. */
    TOO_LONG,
    /** The content ended within quotes. */
    OPEN_QUOTE,
    /** Something other than a delimiter or the end of a line follows a closing quote. */
    STRAY_QUOTE,
    END
  }

  private enum State {
    FIELD_START,
    BARE,
    QUOTED,
    /** After a quote within quotes: it closes them, unless another one follows. */
    QUOTE,
    CLOSED
  }

  private final InputStream content;
  private final char delimiter;
  private final int maxBytes;
  private byte[] buffer = new byte[BUFFER_BYTES];
  private int start;
  private int next;
  private int filled;

  private long line = 1;
  private long firstLine;
  private long quoteLine;
  private int fields;
  private int length;
  private int secondLine;
  private boolean tooLong;
  private boolean bareQuotes;

  CsvScanner(InputStream content, char delimiter, int maxBytes) {
    this.content = content;
    this.delimiter = delimiter;
    this.maxBytes = maxBytes;
  }

  /** The bytes of the record that was found, without the end of its line. */
  byte[] bytes() {
    return Arrays.copyOfRange(buffer, start, start + length);
  }

  /** The length of {@link #bytes}. */
  int length() {
    return length;
  }

  /** How many fields the record has. */
  int fields() {
    return fields;
  }

  /** Whether unquoted fields have quotes, which are text there. */
  boolean bareQuotes() {
    return bareQuotes;
  }

  /** The line (1-based) on which the record begins. */
  long firstLine() {
    return firstLine;
  }

  /** The line that comes next. */
  long line() {
    return line;
  }

  /** The line of the last quote that was opened. */
  long quoteLine() {
    return quoteLine;
  }

  /**
   * How many bytes are to be read again after {@link #backToSecondLine}; 0 if there is no second
   * line, or if it is no longer buffered.
   */
  int bytesAfterFirstLine() {
    return tooLong || secondLine == 0 ? 0 : next - start - secondLine;
  }

  /** Goes back to the line after the first one of the last result, to scan it as a record. */
  void backToSecondLine() {
    next = start + secondLine;
    line = firstLine + 1;
  }

  /** Skips the rest of the line. */
  void skipLine() throws IOException {
    int last = next > 0 ? buffer[next - 1] : 0;
    while (last != '\n' && last != '\r' && has(1)) {
      last = buffer[next++];
      start = next;
      if (last == '\n' || last == '\r') {
        endOfRecord(0, last);
      }
    }
  }

  /** Finds the end of the next record. */
  Found scan() throws IOException {
    skipEmptyLines();
    start = next;
    firstLine = line;
    fields = 1;
    secondLine = 0;
    tooLong = false;
    bareQuotes = false;
    if (!has(1)) {
      return Found.END;
    }
    State state = State.FIELD_START;
    while (has(1)) {
      int b = buffer[next++] & 0xFF;
      if (state == State.QUOTED) {
        if (b == '"') {
          state = State.QUOTE;
        } else if (b == '\n') {
          line++;
          secondLine = secondLine == 0 ? next - start : secondLine;
        }
      } else if (b == '"' && state == State.QUOTE) {
        state = State.QUOTED;
      } else if (b == '"' && state == State.FIELD_START) {
        state = State.QUOTED;
        quoteLine = line;
      } else if (b == delimiter) {
        fields++;
        state = State.FIELD_START;
      } else if (b == '\n' || b == '\r') {
        return endOfRecord(next - 1 - start, b);
      } else if (state == State.QUOTE || state == State.CLOSED) {
        if (b != ' ' && b != '\t') {
          return Found.STRAY_QUOTE;
        }
        state = State.CLOSED;
      } else {
        state = State.BARE;
        bareQuotes |= b == '"';
      }
      discardIfTooLong();
    }
    if (state == State.QUOTED) {
      return Found.OPEN_QUOTE;
    }
    return endOfRecord(next - start, '\n');
  }

  private Found endOfRecord(int recordLength, int end) throws IOException {
    length = recordLength;
    line++;
    if (end == '\r' && has(1) && buffer[next] == '\n') {
      next++;
    }
    return tooLong || length > maxBytes ? Found.TOO_LONG : Found.RECORD;
  }

  private void discardIfTooLong() {
    // One byte more is held, because it may be the carriage return of the line's end.
    if (next - start > maxBytes + 1L) {
      tooLong = true;
      start = next;
    }
  }

  private void skipEmptyLines() throws IOException {
    while (has(1) && (buffer[next] == '\n' || buffer[next] == '\r')) {
      start = next;
      int end = buffer[next++];
      endOfRecord(0, end);
    }
  }

  /** Whether this number of bytes follows; keeps the bytes from {@link #start} on. */
  private boolean has(int count) throws IOException {
    while (filled - next < count) {
      if (start > 0) {
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        next -= start;
        filled -= start;
        start = 0;
      }
      if (filled == buffer.length) {
        long doubled = Math.min(2L * buffer.length, maxBytes + (long) BUFFER_BYTES);
        buffer = Arrays.copyOf(buffer, (int) Math.max(doubled, buffer.length + 1L));
      }
      int read = content.read(buffer, filled, buffer.length - filled);
      if (read < 0) {
        return false;
      }
      filled += read;
    }
    return true;
  }
}

package org.irisgraph.document.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.format.CsvScanner.Found;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a CSV file and resumes after broken quotes. Where a quote is not closed, or
 * not at the end of its field, text and structure cannot be distinguished: reading resumes at the
 * next line that begins a record with as many fields as the header, and everything before it is one
 * broken record. A quote that stays open for longer than the largest record is taken as valid,
 * since the lines of a long text must not become documents.
 */
final class CsvRecords {

  /** The header is repeated in each part of the file. */
  private static final int MAX_HEADER_BYTES = LineBatcher.RUN_BYTES;

  /**
   * After so many bytes read again (about a second), broken records are skipped together with all
   * that their quotes enclose, since a hostile file may have each line read again for each other.
   */
  private static final long MAX_BYTES_READ_AGAIN = 100_000_000;

  private static final byte[] NOTHING = {};

  /**
   * A record.
   *
   * @param bytes without the end of its line; empty if there is a problem
   * @param problem why it is not a document, or null
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on at once and never compared.
  record CsvRecord(long number, byte[] bytes, @Nullable ReadException problem) {}

  private final CsvScanner scanner;
  private final CsvHeader header;
  private final int maxBytes;
  private long number;
  private long readAgain;
  private boolean held;

  /**
   * Reads the header.
   *
   * @param firstNumber the number of the first record after the header
   * @throws ReadException if it is invalid, or lacks a column of the layout
   */
  CsvRecords(InputStream content, CsvLayout layout, char delimiter, long firstNumber, int maxBytes)
      throws IOException {
    this.scanner = new CsvScanner(content, delimiter, Math.max(maxBytes, MAX_HEADER_BYTES));
    this.number = firstNumber;
    this.maxBytes = maxBytes;
    Found found = scanner.scan();
    if (found == Found.END) {
      throw bad("the file is empty; a CSV file begins with a line that names its columns");
    }
    byte[] line = found == Found.RECORD ? scanner.bytes() : NOTHING;
    if (found == Found.TOO_LONG || line.length > MAX_HEADER_BYTES) {
      throw bad("the first line is longer than " + MAX_HEADER_BYTES + " bytes, and so no header");
    }
    if (found != Found.RECORD) {
      throw bad("the first line is no header: a quote is not closed where its field ends");
    }
    this.header = new CsvHeader(line, layout, delimiter);
  }

  CsvHeader header() {
    return header;
  }

  /** The number of the record that is read next, or that could not be read to its end. */
  long number() {
    return number;
  }

  /** The next record, or nothing at the end of the content. */
  Optional<CsvRecord> next() throws IOException {
    Found found = held ? Found.RECORD : scanner.scan();
    held = false;
    return switch (found) {
      case END -> Optional.empty();
      case RECORD ->
          scanner.length() > maxBytes
              ? Optional.of(refused(ReadException.tooLarge(maxBytes)))
              : Optional.of(new CsvRecord(number++, scanner.bytes(), null));
      case TOO_LONG -> Optional.of(refused(ReadException.tooLarge(maxBytes)));
      case OPEN_QUOTE, STRAY_QUOTE -> Optional.of(broken(found));
    };
  }

  private CsvRecord refused(ReadException problem) {
    return new CsvRecord(number++, NOTHING, problem);
  }

  private CsvRecord broken(Found first) throws IOException {
    long firstLine = scanner.firstLine();
    String problem =
        first == Found.OPEN_QUOTE
            ? "the quote that opens on line %d is never closed".formatted(scanner.quoteLine())
            : "text follows the end of the quotes that open on line %d, where a quote must be written twice"
                .formatted(scanner.quoteLine());
    Found found = first;
    do {
      skip(found);
      found = scanner.scan();
      held = found == Found.RECORD && isPlausible();
    } while (found != Found.END && !held);
    long lastLine = Math.max(firstLine, (held ? scanner.firstLine() : scanner.line()) - 1);
    String passed =
        lastLine == firstLine
            ? "line %d is skipped".formatted(firstLine)
            : "lines %d to %d are skipped".formatted(firstLine, lastLine);
    return refused(new ReadException(ReadFailure.BAD_QUOTES, problem + "; " + passed));
  }

  /** A line of a broken text may have as many commas by chance, but then likely a quote, too. */
  private boolean isPlausible() {
    return scanner.fields() == header.columns() && !scanner.bareQuotes();
  }

  private void skip(Found found) throws IOException {
    int again = scanner.bytesAfterFirstLine();
    if (again > 0 && readAgain + again <= MAX_BYTES_READ_AGAIN) {
      readAgain += again;
      scanner.backToSecondLine();
    } else if (found == Found.OPEN_QUOTE || found == Found.STRAY_QUOTE) {
      scanner.skipLine();
    }
  }

  private static ReadException bad(String problem) {
    return new ReadException(ReadFailure.BAD_HEADER, problem);
  }
}

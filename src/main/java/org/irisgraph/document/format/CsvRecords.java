package org.irisgraph.document.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.format.CsvScanner.Found;

/**
 * Reads the records of a CSV file. Where a quote is not closed, or not where its field ends, nobody
 * knows what is text and what is structure: reading goes on with the next line that begins a record
 * with as many fields as the header has, and what stands before it is one broken record. A quote
 * that stays open for longer than a record may be is believed, since the lines of a long text must
 * not be taken for documents.
 */
final class CsvRecords {

  /** The header is sent along with each part of the file. */
  private static final int MAX_HEADER_BYTES = LineBatcher.RUN_BYTES;

  /**
   * After so many bytes that were read twice (a second's work), broken records are passed over with
   * all that their quotes enclose, since a file may be made to have each line read by each other.
   */
  private static final long MAX_BYTES_READ_AGAIN = 100_000_000;

  private static final byte[] NOTHING = {};

  /**
   * A record.
   *
   * @param bytes without the end of its line; empty if there is a problem
   * @param problem why it cannot be a document, or null
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on at once and never compared.
  record CsvRecord(long number, byte[] bytes, ReadException problem) {}

  private final CsvScanner scanner;
  private final CsvHeader header;
  private final int maxBytes;
  private long number;
  private long readAgain;
  private boolean held;

  /**
   * Reads the header.
   *
   * @param firstNumber the number of the first record behind the header
   * @throws ReadException if it is none, or lacks a column that the layout names
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
    this.header = CsvHeader.of(line, layout, delimiter);
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
      passOver(found);
      found = scanner.scan();
      held = found == Found.RECORD && isPlausible();
    } while (found != Found.END && !held);
    long lastLine = Math.max(firstLine, (held ? scanner.firstLine() : scanner.line()) - 1);
    String passed =
        lastLine == firstLine
            ? "line %d is passed over".formatted(firstLine)
            : "lines %d to %d are passed over".formatted(firstLine, lastLine);
    return refused(new ReadException(ReadFailure.BAD_QUOTES, problem + "; " + passed));
  }

  /** A line of a broken text might have as many commas by chance, and a stray quote rather. */
  private boolean isPlausible() {
    return scanner.fields() == header.columns() && !scanner.bareQuotes();
  }

  private void passOver(Found found) throws IOException {
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

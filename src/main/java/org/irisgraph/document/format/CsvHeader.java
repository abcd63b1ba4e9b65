package org.irisgraph.document.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.ValidatingSink;
import org.irisgraph.document.format.CsvRecords.CsvRecord;

/** The header of a CSV file, by which its records become documents. */
final class CsvHeader {

  private static final String ADVICE =
      "; a field with a delimiter or a line break in it must be quoted";

  /** The character that Commons CSV uses internally for "no escape character". */
  private static final char RESERVED = '\ufffe';

  private final byte[] line;
  private final CSVFormat format;
  private final DocumentColumns columns;

  /**
   * Reads a header.
   *
   * @param line its bytes, without the end of the line
   * @throws ReadException if a column of the layout is missing, or a name occurs twice
   */
  CsvHeader(byte[] line, CsvLayout layout, char delimiter) throws ReadException {
    this.line = line;
    this.format =
        CSVFormat.Builder.create()
            .setDelimiter(delimiter)
            .setQuote('"')
            .setIgnoreEmptyLines(false)
            .build();
    this.columns = new DocumentColumns(fields(line, format), layout, ADVICE);
  }

  /** The header line, for each part of the file. */
  byte[] line() {
    byte[] ended = Arrays.copyOf(line, line.length + 1);
    ended[line.length] = '\n';
    return ended;
  }

  int columns() {
    return columns.size();
  }

  /** Delivers a record as a document, or the reason why it is not one. */
  void deliver(CsvRecord record, ValidatingSink checked) {
    try {
      columns.deliver(record.number(), fields(record.bytes(), format), checked);
    } catch (ReadException e) {
      checked.unreadable(record.number(), null, e);
    }
  }

  private static List<String> fields(byte[] bytes, CSVFormat format) throws ReadException {
    String content = StrictUtf8.decode(bytes);
    if (content.indexOf(RESERVED) >= 0) {
      throw new ReadException(
          ReadFailure.BAD_RECORD, "the record has U+FFFE, which is not a character");
    }
    try (CSVParser parser = CSVParser.parse(content, format)) {
      List<CSVRecord> records = parser.getRecords();
      if (records.size() != 1) {
        throw new ReadException(ReadFailure.BAD_RECORD, "not one record");
      }
      return records.get(0).toList();
    } catch (ReadException e) {
      throw e;
    } catch (IOException | UncheckedIOException e) {
      throw new ReadException(ReadFailure.BAD_RECORD, String.valueOf(e.getMessage()), e);
    }
  }
}

package org.irisgraph.document.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.irisgraph.document.AllowedCharacters;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.ValidatingSink;
import org.irisgraph.document.format.CsvRecords.CsvRecord;

/** The header of a CSV file: maps columns to id, text, title and metadata. */
final class CsvHeader {

  private static final int MAX_NAMED = 50;

  /** The character that Commons CSV uses internally for "no escape character". */
  private static final char RESERVED = '\ufffe';

  private final byte[] line;
  private final CSVFormat format;
  private final List<String> names = new ArrayList<>();
  private final int id;
  private final int text;
  private final int title;

  private CsvHeader(byte[] line, CSVFormat format, CsvLayout layout) throws ReadException {
    this.line = line;
    this.format = format;
    readNames();
    this.id = required(layout.id(), "csvIdColumn");
    this.text = required(layout.text(), "csvTextColumn");
    boolean titleWanted = !layout.title().equals(CsvLayout.DEFAULT.title());
    int found =
        titleWanted ? required(layout.title(), "csvTitleColumn") : names.indexOf(layout.title());
    // The text of a document begins with its title, which would be repeated.
    this.title = found == text ? -1 : found;
  }

  /**
   * Reads a header.
   *
   * @param line its bytes, without the end of the line
   * @throws ReadException if a column of the layout is missing, or a name occurs twice
   */
  static CsvHeader of(byte[] line, CsvLayout layout, char delimiter) throws ReadException {
    CSVFormat format =
        CSVFormat.Builder.create()
            .setDelimiter(delimiter)
            .setQuote('"')
            .setIgnoreEmptyLines(false)
            .build();
    return new CsvHeader(line, format, layout);
  }

  /** The header line, for each part of the file. */
  byte[] line() {
    byte[] ended = Arrays.copyOf(line, line.length + 1);
    ended[line.length] = '\n';
    return ended;
  }

  int columns() {
    return names.size();
  }

  /** Delivers a record as a document, or the reason why it is not one. */
  void deliver(CsvRecord record, ValidatingSink checked) {
    List<String> fields;
    try {
      fields = fields(record.bytes());
    } catch (ReadException e) {
      checked.unreadable(record.number(), null, e);
      return;
    }
    if (fields.stream().allMatch(String::isBlank)) {
      // Spreadsheets write such a line for each empty row below the last one.
      return;
    }
    if (fields.size() != names.size()) {
      String problem =
          "%d fields, but the header has %d; a field with a delimiter or a line break in it must be quoted"
              .formatted(fields.size(), names.size());
      checked.unreadable(record.number(), null, ReadFailure.BAD_RECORD, problem);
      return;
    }
    Map<String, Object> metadata = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      if (i != id && i != text && i != title && !fields.get(i).isEmpty()) {
        metadata.put(names.get(i), fields.get(i));
      }
    }
    checked.document(
        record.number(),
        fields.get(id),
        title < 0 ? null : fields.get(title),
        fields.get(text),
        metadata);
  }

  private List<String> fields(byte[] bytes) throws ReadException {
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

  private void readNames() throws ReadException {
    Set<String> known = new HashSet<>();
    for (String field : fields(line)) {
      String name = field.isBlank() ? "column " + (names.size() + 1) : field.strip();
      if (AllowedCharacters.firstInvalid(name) >= 0) {
        throw bad(
            "the header has characters that no text may have: " + AllowedCharacters.visible(name));
      }
      if (!known.add(name)) {
        throw bad(
            "the header has the column \"%s\" twice".formatted(AllowedCharacters.visible(name)));
      }
      names.add(name);
    }
  }

  private int required(String column, String option) throws ReadException {
    int index = names.indexOf(column);
    if (index < 0) {
      String more = names.size() > MAX_NAMED ? ", …" : "";
      String there =
          AllowedCharacters.visible(
              String.join(", ", names.subList(0, Math.min(MAX_NAMED, names.size()))) + more);
      throw bad(
          names.size() == 1
              ? "the header has the column \"%s\" alone, and none \"%s\"; set %s, or csvDelimiter if the columns have another delimiter"
                  .formatted(there, column, option)
              : "the header has no column \"%s\"; set %s to one of: %s"
                  .formatted(column, option, there));
    }
    return index;
  }

  private static ReadException bad(String problem) {
    return new ReadException(ReadFailure.BAD_HEADER, problem);
  }
}

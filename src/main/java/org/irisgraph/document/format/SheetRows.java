package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.SourcePart;
import org.irisgraph.document.ValidatingSink;
import org.irisgraph.document.format.CsvRecords.CsvRecord;
import org.irisgraph.document.tika.Sheets.Sheet;

/**
 * Delivers the rows of a workbook as those of a CSV file: the first row of a sheet that is not
 * blank names its columns, each further one is a document. Rows are numbered through all sheets.
 */
final class SheetRows {

  private static final char DELIMITER = ',';

  private final CsvLayout layout;
  private final SourcePart part;
  private final ValidatingSink checked;
  private long number;

  SheetRows(CsvLayout layout, SourcePart part, DocumentSink sink) {
    this.layout = layout;
    this.part = part;
    this.checked = new ValidatingSink(part, "row", sink);
  }

  /**
   * Delivers all rows.
   *
   * @param isCut whether there are more, which is reported
   */
  void deliver(List<Sheet> sheets, boolean isCut) {
    sheets.forEach(this::deliver);
    if (isCut) {
      checked.unreadable(
          number + 1,
          null,
          ReadFailure.TOO_LARGE,
          "the workbook has more text than the option tikaMaxCharacters allows; raise it to read"
              + " the other rows");
    }
  }

  private void deliver(Sheet sheet) {
    List<List<String>> rows = new ArrayList<>(sheet.rows());
    rows.removeIf(row -> row.stream().allMatch(String::isBlank));
    if (rows.isEmpty()) {
      return;
    }
    CsvHeader header;
    try {
      header = CsvHeader.of(record(rows.get(0), 0), layout, DELIMITER);
    } catch (ReadException e) {
      checked.unreadable(
          ++number, null, e.reason(), "sheet \"%s\": %s".formatted(sheet.name(), e.getMessage()));
      return;
    }
    for (List<String> row : rows.subList(1, rows.size())) {
      number++;
      byte[] record = record(row, header.columns());
      if (record.length > part.maxDocumentBytes()) {
        checked.unreadable(number, null, ReadException.tooLarge(part.maxDocumentBytes()));
      } else {
        header.deliver(new CsvRecord(number, record, null), checked);
      }
    }
  }

  /** A row as a record of CSV; sheets leave out the empty cells at its end. */
  private static byte[] record(List<String> row, int columns) {
    List<String> cells = new ArrayList<>(row);
    while (cells.size() > Math.max(1, columns) && cells.get(cells.size() - 1).isEmpty()) {
      cells.remove(cells.size() - 1);
    }
    cells.addAll(Collections.nCopies(Math.max(0, columns - cells.size()), ""));
    return cells.stream()
        .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
        .collect(Collectors.joining(String.valueOf(DELIMITER)))
        .getBytes(UTF_8);
  }
}

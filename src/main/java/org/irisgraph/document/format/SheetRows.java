package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.SourcePart;
import org.irisgraph.document.ValidatingSink;
import org.irisgraph.document.tika.Sheets.Sheet;

/**
 * Delivers the rows of a workbook as those of a CSV file: the first row of a sheet that is not
 * blank names its columns, each further one is a document. Rows are numbered through all sheets.
 */
final class SheetRows {

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
    DocumentColumns columns;
    try {
      columns = new DocumentColumns(cells(rows.get(0), 1), layout, "");
    } catch (ReadException e) {
      checked.unreadable(
          ++number, null, e.reason(), "sheet \"%s\": %s".formatted(sheet.name(), e.getMessage()));
      return;
    }
    for (List<String> row : rows.subList(1, rows.size())) {
      number++;
      if (bytes(row) > part.maxDocumentBytes()) {
        checked.unreadable(number, null, ReadException.tooLarge(part.maxDocumentBytes()));
      } else {
        columns.deliver(number, cells(row, columns.size()), checked);
      }
    }
  }

  private static long bytes(List<String> row) {
    return row.stream().mapToLong(cell -> cell.getBytes(UTF_8).length).sum();
  }

  /** The cells of a row, to which sheets may add empty ones at its end, or leave them out. */
  private static List<String> cells(List<String> row, int columns) {
    List<String> cells = new ArrayList<>(row);
    while (cells.size() > columns && cells.get(cells.size() - 1).isEmpty()) {
      cells.remove(cells.size() - 1);
    }
    cells.addAll(Collections.nCopies(Math.max(0, columns - cells.size()), ""));
    return cells;
  }
}

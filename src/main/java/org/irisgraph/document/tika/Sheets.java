package org.irisgraph.document.tika;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The rows of a workbook's sheets as one text, in which control characters separate them. */
public final class Sheets {

  /** The key of the metadata that tells such a text from others. */
  static final String KEY = "sheets";

  private static final String SHEET = "\u001D";
  private static final String ROW = "\u001E";
  private static final String CELL = "\u001F";

  private Sheets() {}

  /**
   * A sheet.
   *
   * @param rows their cells
   */
  public record Sheet(String name, List<List<String>> rows) {}

  /** Reads what a {@link Writer} has written. */
  static List<Sheet> parse(String text) {
    List<Sheet> sheets = new ArrayList<>();
    for (String sheet : text.split(SHEET, -1)) {
      if (!sheet.isEmpty()) {
        String[] rows = sheet.split(ROW, -1);
        List<List<String>> cells = new ArrayList<>();
        for (String row : Arrays.asList(rows).subList(1, rows.length - 1)) {
          List<String> ended = Arrays.asList(row.split(CELL, -1));
          cells.add(List.copyOf(ended.subList(0, ended.size() - 1)));
        }
        sheets.add(new Sheet(rows[0], cells));
      }
    }
    return sheets;
  }

  /** A row that is being read: blank cells at its end, which may be thousands, are not kept. */
  static final class Row {

    private static final int MAX_CELLS = 16_384;

    private final List<String> cells = new ArrayList<>();
    private int blanks;

    void add(String cell, int times) {
      if (cell.isEmpty()) {
        blanks = Math.min(MAX_CELLS, blanks + times);
        return;
      }
      cells.addAll(Collections.nCopies(Math.min(blanks, MAX_CELLS - cells.size()), ""));
      cells.addAll(Collections.nCopies(Math.min(times, MAX_CELLS - cells.size()), cell));
      blanks = 0;
    }

    boolean isBlank() {
      return cells.isEmpty();
    }

    List<String> cells() {
      return cells;
    }
  }

  /** Writes sheets, rows and cells in their order. */
  static final class Writer {

    private final StringBuilder text = new StringBuilder();

    void sheet(String name) {
      text.append(SHEET).append(withoutSeparators(name)).append(ROW);
    }

    void cell(String content) {
      text.append(withoutSeparators(content)).append(CELL);
    }

    void endRow() {
      text.append(ROW);
    }

    private static String withoutSeparators(String content) {
      return content.replaceAll("[\u001D-\u001F]", " ");
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}

package org.irisgraph.document.tika;

import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The rows of a workbook's sheets, and their form between two processes. */
public final class Sheets {

  private Sheets() {}

  /**
   * A sheet.
   *
   * @param rows their cells
   */
  public record Sheet(String name, List<List<String>> rows) {}

  static void write(DataOutput out, List<Sheet> sheets) throws IOException {
    out.writeInt(sheets.size());
    for (Sheet sheet : sheets) {
      FrameProtocol.writeText(out, sheet.name());
      out.writeInt(sheet.rows().size());
      for (List<String> row : sheet.rows()) {
        out.writeInt(row.size());
        for (String cell : row) {
          FrameProtocol.writeText(out, cell);
        }
      }
    }
  }

  static List<Sheet> read(DataInputStream in) throws IOException {
    List<Sheet> sheets = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      String name = FrameProtocol.readText(in);
      List<List<String>> rows = new ArrayList<>();
      for (int rowsLeft = in.readInt(); rowsLeft > 0; rowsLeft--) {
        List<String> row = new ArrayList<>();
        for (int cellsLeft = in.readInt(); cellsLeft > 0; cellsLeft--) {
          row.add(FrameProtocol.readText(in));
        }
        rows.add(row);
      }
      sheets.add(new Sheet(name, rows));
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
}

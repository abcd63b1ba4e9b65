package org.irisgraph.document.tika;

import java.util.ArrayList;
import java.util.List;
import org.irisgraph.document.tika.Sheets.Sheet;
import org.xml.sax.Attributes;

/** Collects the rows of a workbook's sheets, as Tika's XHTML events or directly, up to a limit. */
final class SheetHandler extends TextHandler {

  private final List<Sheet> sheets = new ArrayList<>();
  private List<String> row = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final int maxCharacters;
  private int characters;
  private boolean inHeading;
  private boolean inCell;
  private boolean cut;

  SheetHandler(int maxCharacters) {
    this.maxCharacters = maxCharacters;
  }

  @Override
  String text() {
    return "";
  }

  @Override
  List<Sheet> sheets() {
    return sheets;
  }

  @Override
  boolean isEmpty() {
    return characters == 0;
  }

  @Override
  boolean isCut() {
    return cut;
  }

  /** Begins a sheet. */
  void sheet(String name) {
    sheets.add(new Sheet(DocumentMetadata.valid(name), new ArrayList<>()));
    row = new ArrayList<>();
  }

  /** Adds a cell to the row. */
  void cell(String content) {
    characters += content.length() + 1;
    cut |= characters > maxCharacters;
    if (!cut) {
      row.add(DocumentMetadata.valid(content));
    }
  }

  void endRow() {
    if (!cut && !sheets.isEmpty()) {
      sheets.get(sheets.size() - 1).rows().add(row);
    }
    row = new ArrayList<>();
  }

  @Override
  public void startElement(String uri, String name, String qualified, Attributes attributes) {
    switch (name) {
      case "h1" -> {
        inHeading = true;
        text.setLength(0);
      }
      case "table" -> sheet(text.toString().strip());
      case "td", "th" -> {
        inCell = true;
        text.setLength(0);
      }
      case "br", "p" -> {
        if (inCell && !text.isEmpty()) {
          text.append('\n');
        }
      }
      default -> {
        // Formats and links leave no trace.
      }
    }
  }

  @Override
  public void endElement(String uri, String name, String qualified) {
    switch (name) {
      case "h1" -> inHeading = false;
      case "td", "th" -> {
        inCell = false;
        cell(text.toString().strip());
        text.setLength(0);
      }
      case "tr" -> endRow();
      default -> {
        // Not part of the rows.
      }
    }
  }

  @Override
  public void characters(char[] read, int start, int length) {
    if (!inCell && !inHeading) {
      return;
    }
    cut |= characters + text.length() + length > maxCharacters;
    if (!cut) {
      text.append(read, start, length);
    }
  }
}

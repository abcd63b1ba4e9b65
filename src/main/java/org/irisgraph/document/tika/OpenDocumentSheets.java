package org.irisgraph.document.tika;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;

/**
 * Reads the rows of an OpenDocument spreadsheet. Tika's parser ignores how often a cell is
 * repeated, which moves all cells after an empty one into other columns.
 */
final class OpenDocumentSheets {

  /** LibreOffice has no more columns. */
  private static final int MAX_COLUMNS = 16_384;

  /** A manifest has some hundred bytes for each part, in bytes. */
  private static final int LONGEST_MANIFEST = 1_000_000;

  private final XMLStreamReader xml;
  private final SheetHandler sheets;

  private OpenDocumentSheets(InputStream part, SheetHandler sheets) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    this.xml = factory.createXMLStreamReader(part);
    this.sheets = sheets;
  }

  /**
   * Reads a file.
   *
   * @throws ReadException if it is encrypted or damaged
   */
  static void read(Path file, SheetHandler sheets) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry content = zip.getEntry("content.xml");
      if (content == null) {
        throw isEncrypted(zip)
            ? DocumentType.encrypted()
            : new ReadException(ReadFailure.BAD_DOCUMENT, "the spreadsheet has no content.xml");
      }
      try (InputStream in = zip.getInputStream(content)) {
        new OpenDocumentSheets(in, sheets).read();
      } catch (XMLStreamException e) {
        // An encrypted part is no XML.
        throw isEncrypted(zip)
            ? DocumentType.encrypted()
            : new ReadException(
                ReadFailure.BAD_DOCUMENT, "the document cannot be parsed: " + e.getMessage(), e);
      }
    }
  }

  /**
   * Whether the manifest has the element of an encrypted part (OpenDocument 1.3, part 2, section
   * 4.4). The manifest of a document that can be read does not matter.
   */
  private static boolean isEncrypted(ZipFile zip) throws IOException {
    ZipEntry manifest = zip.getEntry("META-INF/manifest.xml");
    if (manifest == null) {
      return false;
    }
    try (InputStream in = zip.getInputStream(manifest)) {
      return new String(in.readNBytes(LONGEST_MANIFEST), UTF_8).contains("encryption-data");
    }
  }

  private void read() throws XMLStreamException {
    while (!sheets.isCut() && xml.hasNext()) {
      if (xml.next() == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "table" -> sheets.sheet(attribute("name", ""));
          case "table-row" -> readRow();
          default -> {
            // Entered: rows may be in groups.
          }
        }
      }
    }
  }

  /** Reads a row; one that is repeated is read once and written as often, unless it is blank. */
  private void readRow() throws XMLStreamException {
    int repeated = number(attribute("number-rows-repeated", "1"));
    Sheets.Row row = new Sheets.Row();
    while (!isEndOf("table-row")) {
      if (xml.getEventType() == XMLStreamConstants.START_ELEMENT
          && (xml.getLocalName().equals("table-cell")
              || xml.getLocalName().equals("covered-table-cell"))) {
        String cell = xml.getLocalName();
        int columns = number(attribute("number-columns-repeated", "1"));
        row.add(cell(cell), Math.min(columns, MAX_COLUMNS));
      }
      xml.next();
    }
    for (int i = 0; i < repeated && !row.isBlank() && !sheets.isCut(); i++) {
      row.cells().forEach(sheets::cell);
      sheets.endRow();
    }
  }

  /** The text of a cell, its paragraphs on lines of their own, without comments. */
  private String cell(String element) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    int comments = 0;
    while (!isEndOf(element)) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "annotation" -> comments++;
          case "p", "line-break" -> text.append(text.isEmpty() || comments > 0 ? "" : "\n");
          case "s", "tab" -> text.append(' ');
          default -> {
            // Formats leave no trace.
          }
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        comments -= xml.getLocalName().equals("annotation") ? 1 : 0;
      } else if (xml.hasText() && comments == 0) {
        text.append(xml.getText());
      }
    }
    return text.toString().strip();
  }

  private boolean isEndOf(String element) {
    return xml.getEventType() == XMLStreamConstants.END_ELEMENT
        && xml.getLocalName().equals(element);
  }

  private String attribute(String name, String missing) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      if (xml.getAttributeLocalName(i).equals(name)) {
        return xml.getAttributeValue(i);
      }
    }
    return missing;
  }

  private static int number(String value) {
    return value.matches("[0-9]{1,8}") ? Math.max(1, Integer.parseInt(value)) : 1;
  }
}

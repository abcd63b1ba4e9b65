package org.irisgraph.document.format;

import static org.irisgraph.document.format.OfficeFiles.entry;
import static org.irisgraph.document.format.OfficeFiles.stored;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbookType;
import org.irisgraph.document.tika.Sheets.Sheet;

/** Workbooks. */
public final class WorkbookFiles {

  private static final String ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet";

  private WorkbookFiles() {}

  public static byte[] xlsx(Sheet... sheets) {
    return excel(new XSSFWorkbook(), sheets);
  }

  /** As Excel saves a workbook with macros. */
  public static byte[] xlsm(Sheet... sheets) {
    return excel(new XSSFWorkbook(XSSFWorkbookType.XLSM), sheets);
  }

  /** As Excel saved workbooks until 2003. */
  public static byte[] xls(Sheet... sheets) {
    return excel(new HSSFWorkbook(), sheets);
  }

  /** An empty cell, and a row without cells, is left out. */
  private static byte[] excel(Workbook empty, Sheet... sheets) {
    return OfficeFiles.bytes(
        out -> {
          try (Workbook workbook = empty) {
            for (Sheet sheet : sheets) {
              org.apache.poi.ss.usermodel.Sheet into = workbook.createSheet(sheet.name());
              for (int row = 0; row < sheet.rows().size(); row++) {
                if (!sheet.rows().get(row).isEmpty()) {
                  fill(into.createRow(row), sheet.rows().get(row));
                }
              }
            }
            workbook.write(out);
          }
        });
  }

  private static void fill(Row row, List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      if (!cells.get(i).isEmpty()) {
        row.createCell(i).setCellValue(cells.get(i));
      }
    }
  }

  public static byte[] ods(Sheet... sheets) {
    return openDocument(
        Arrays.stream(sheets)
            .map(sheet -> table(sheet.name(), sheet.rows()))
            .collect(Collectors.joining()));
  }

  private static String table(String name, List<List<String>> rows) {
    return table(
        name,
        rows.stream()
            .map(
                cells ->
                    cells.stream()
                        .map("<table:table-cell><text:p>%s</text:p></table:table-cell>"::formatted)
                        .collect(Collectors.joining("", "<table:table-row>", "</table:table-row>")))
            .collect(Collectors.joining()));
  }

  /** A workbook in OpenDocument with one sheet, called T, whose rows are given as XML. */
  public static byte[] odsOf(String rows) {
    return openDocument(table("T", rows));
  }

  /** As LibreOffice saves with a password: what is encrypted is called a part of this name. */
  public static byte[] encryptedOds(String part) {
    return OfficeFiles.zip(
        stored("mimetype", ODS_TYPE),
        entry(
            "META-INF/manifest.xml",
            manifest(
                "<manifest:file-entry manifest:full-path='"
                    + part
                    + "' manifest:media-type='text/xml'><manifest:encryption-data/>"
                    + "</manifest:file-entry>")),
        entry(part, "\u0001\u0002\u0003"));
  }

  private static String table(String name, String rows) {
    return "<table:table table:name='%s'>%s</table:table>".formatted(name, rows);
  }

  private static byte[] openDocument(String tables) {
    return odsWithManifest(
        manifest(
            "<manifest:file-entry manifest:full-path='/' manifest:media-type='" + ODS_TYPE + "'/>"),
        tables);
  }

  private static String manifest(String entries) {
    return "<manifest:manifest"
        + " xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'>"
        + entries
        + "</manifest:manifest>";
  }

  /** A workbook in OpenDocument, of which the manifest and the tables are given as XML. */
  public static byte[] odsWithManifest(String manifest, String tables) {
    return OfficeFiles.zip(
        stored("mimetype", ODS_TYPE),
        entry("META-INF/manifest.xml", manifest),
        entry(
            "content.xml",
            "<office:document-content"
                + " xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'"
                + " xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0'"
                + " xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'>"
                + "<office:body><office:spreadsheet>"
                + tables
                + "</office:spreadsheet></office:body></office:document-content>"));
  }
}

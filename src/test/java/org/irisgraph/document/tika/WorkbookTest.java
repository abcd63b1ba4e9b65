package org.irisgraph.document.tika;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.irisgraph.document.tika.Sheets.Sheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbookTest {

  private static final String MIME_TYPE = "application/vnd.oasis.opendocument.spreadsheet";

  @TempDir private Path folder;

  @Test
  void readsTheSheetsOfAnExcelWorkbook() throws Exception {
    Path file = folder.resolve("a.xlsx");
    try (XSSFWorkbook workbook = new XSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      XSSFSheet one = workbook.createSheet("One");
      row(one.createRow(0), "id", "", "text");
      row(one.createRow(2), "a", "", "gout | \"x\"\nhurts");
      row(workbook.createSheet("Two").createRow(0), "b");
      workbook.write(out);
    }

    List<Sheet> sheets = parse(file, 100_000).sheets().orElseThrow();

    assertThat(sheets.stream().map(Sheet::name).toList(), contains("One", "Two"));
    List<List<String>> rows =
        sheets.get(0).rows().stream()
            .filter(row -> !row.stream().allMatch(String::isEmpty))
            .toList();
    assertThat(rows, contains(List.of("id", "", "text"), List.of("a", "", "gout | \"x\"\nhurts")));
  }

  @Test
  void keepsCellsInTheirColumnsWhereOpenDocumentRepeatsThem() throws Exception {
    Path file =
        openDocument(
            "<table:table-row>"
                + "<table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell"
                + " table:number-columns-repeated='2'/><table:table-cell"
                + " table:number-columns-repeated='2'><office:annotation><text:p>no"
                + "</text:p></office:annotation><text:p>b<text:s/>c</text:p><text:p>d</text:p>"
                + "</table:table-cell><table:table-cell table:number-columns-repeated='16000'/>"
                + "</table:table-row><table:table-row"
                + " table:number-rows-repeated='1048570'><table:table-cell/></table:table-row>");

    List<Sheet> sheets = parse(file, 100_000).sheets().orElseThrow();

    assertThat(sheets, contains(new Sheet("T", List.of(List.of("a", "", "", "b c\nd", "b c\nd")))));
  }

  @Test
  void cutsAWorkbookThatRepeatsItsRowsForEver() throws Exception {
    Path file =
        openDocument(
            "<table:table-row table:number-rows-repeated='1048576'>"
                + "<table:table-cell><text:p>gout</text:p></table:table-cell></table:table-row>");
    assertThat(parse(file, 1000).isCut(), is(true));
  }

  private static ParsedDocument parse(Path file, int maxCharacters) throws Exception {
    return new DocumentParser(maxCharacters).parse(file, file.getFileName().toString());
  }

  private static void row(XSSFRow row, String... cells) {
    for (int i = 0; i < cells.length; i++) {
      if (!cells[i].isEmpty()) {
        row.createCell(i).setCellValue(cells[i]);
      }
    }
  }

  private Path openDocument(String rows) throws IOException {
    Path file = folder.resolve("a.ods");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      put(zip, "mimetype", MIME_TYPE);
      put(
          zip,
          "META-INF/manifest.xml",
          "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'>"
              + "<manifest:file-entry manifest:full-path='/' manifest:media-type='"
              + MIME_TYPE
              + "'/></manifest:manifest>");
      put(
          zip,
          "content.xml",
          "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'"
              + " xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0'"
              + " xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'>"
              + "<office:body><office:spreadsheet><table:table table:name='T'>"
              + rows
              + "</table:table></office:spreadsheet></office:body></office:document-content>");
    }
    return file;
  }

  private static void put(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content.getBytes(UTF_8));
    zip.closeEntry();
  }
}

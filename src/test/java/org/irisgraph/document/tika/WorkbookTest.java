package org.irisgraph.document.tika;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.format.WorkbookFiles;
import org.irisgraph.document.tika.Sheets.Sheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkbookTest {

  @TempDir private Path folder;

  @Test
  void readsTheSheetsOfAnExcelWorkbook() throws Exception {
    byte[] file =
        WorkbookFiles.xlsx(
            new Sheet(
                "One",
                List.of(
                    List.of("id", "", "text"), List.of(), List.of("a", "", "gout | \"x\"\nhurts"))),
            new Sheet("Two", List.of(List.of("b"))));

    List<Sheet> sheets = parse("a.xlsx", file, 100_000).sheets();

    assertThat(sheets.stream().map(Sheet::name).toList(), contains("One", "Two"));
    List<List<String>> rows =
        sheets.get(0).rows().stream()
            .filter(row -> !row.stream().allMatch(String::isEmpty))
            .toList();
    assertThat(rows, contains(List.of("id", "", "text"), List.of("a", "", "gout | \"x\"\nhurts")));
  }

  @Test
  void keepsCellsInTheirColumnsWhereOpenDocumentRepeatsThem() throws Exception {
    byte[] file =
        WorkbookFiles.odsOf(
            "<table:table-row>"
                + "<table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell"
                + " table:number-columns-repeated='2'/><table:table-cell"
                + " table:number-columns-repeated='2'><office:annotation><text:p>no"
                + "</text:p></office:annotation><text:p>b<text:s/>c</text:p><text:p>d</text:p>"
                + "</table:table-cell><table:table-cell table:number-columns-repeated='16000'/>"
                + "</table:table-row><table:table-row"
                + " table:number-rows-repeated='1048570'><table:table-cell/></table:table-row>");

    List<Sheet> sheets = parse("a.ods", file, 100_000).sheets();

    assertThat(sheets, contains(new Sheet("T", List.of(List.of("a", "", "", "b c\nd", "b c\nd")))));
  }

  @Test
  void cutsAWorkbookThatRepeatsItsRowsForEver() throws Exception {
    byte[] file =
        WorkbookFiles.odsOf(
            "<table:table-row table:number-rows-repeated='1048576'>"
                + "<table:table-cell><text:p>gout</text:p></table:table-cell></table:table-row>");
    assertThat(parse("a.ods", file, 1000).isCut(), is(true));
  }

  @Test
  void readsAnOpenDocumentWhoseManifestIsDamaged() throws Exception {
    byte[] file = WorkbookFiles.odsWithManifest("<manifest", "<table:table table:name='T'/>");

    assertThat(parse("a.ods", file, 1000).sheets(), contains(new Sheet("T", List.of())));
  }

  /** Since version 24.8 LibreOffice encrypts all parts as one. */
  @ParameterizedTest
  @ValueSource(strings = {"content.xml", "encrypted-package"})
  void saysThatAnOpenDocumentIsEncrypted(String part) {
    byte[] file = WorkbookFiles.encryptedOds(part);
    ReadException refused = assertThrows(ReadException.class, () -> parse("a.ods", file, 1000));
    assertThat(refused.reason(), is(ReadFailure.ENCRYPTED));
  }

  private ParsedDocument parse(String name, byte[] content, int maxCharacters) throws Exception {
    Path file = Files.write(folder.resolve(name), content);
    return new DocumentParser(maxCharacters).parse(file, name);
  }
}

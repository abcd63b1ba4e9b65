package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.tika.Sheets.Sheet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatSnifferTest {

  private static final Sheet SHEET = new Sheet("S", List.of(List.of("id", "text")));

  @ParameterizedTest
  @CsvSource({
    "a.txt, TEXT",
    "b/a.TEXT, TEXT",
    "a.md, MARKDOWN",
    "a.markdown, MARKDOWN",
    "a.jsonl, JSONL",
    "a.ndjson, JSONL",
    "a.csv, CSV",
    "b/A.Tsv, CSV",
    "a.html, HTML",
    "a.HTM, HTML",
    "a.xhtml, HTML",
    "a.xml, JATS",
    "b.txt/a.nxml, JATS",
    "a.pdf, TIKA",
    "a.DOCX, TIKA",
    "a.xlsx, TIKA",
    "a.xlsm, TIKA",
    "a.XLS, TIKA",
    "a.ods, TIKA",
    "a.eml, TIKA",
  })
  void knowsAFormatByItsEnding(String path, InputFormat format) {
    assertThat(InputFormat.ofName(path), is(Optional.of(format)));
  }

  @ParameterizedTest
  @CsvSource({"a.dat", "README", "a.txt/b", ".gz"})
  void leavesOtherNamesOpen(String path) {
    assertThat(InputFormat.ofName(path), is(Optional.empty()));
  }

  @Test
  void knowsJats() throws ReadException {
    assertThat(sniff("<?xml version='1.0'?>\n<!DOCTYPE x>\n<article a='b'>"), is(InputFormat.JATS));
    assertThat(sniff("\uFEFF<pmc-articleset><article>"), is(InputFormat.JATS));
    assertThat(sniff("<jats:article xmlns:jats='x'>"), is(InputFormat.JATS));
  }

  @Test
  void knowsHtml() throws ReadException {
    assertThat(sniff("<!DOCTYPE html><html><article>x"), is(InputFormat.HTML));
    assertThat(sniff("\uFEFF\n<!-- saved --> <!-- > -->\n<HTML lang='en'>"), is(InputFormat.HTML));
    assertThat(
        sniff("<?xml version='1.0'?>\n<!doctype HTML PUBLIC 'x'>\n<html xmlns='y'>"),
        is(InputFormat.HTML));
    assertThat(
        FormatSniffer.sniff(Collected.latin1("<html><meta charset=latin1>\u00e4"), UTF_8),
        is(InputFormat.HTML));
  }

  @Test
  void looksForMarkupWithoutRecursion() throws ReadException {
    assertThat(sniff("<!---->".repeat(1100)), is(InputFormat.TEXT));
    assertThat(sniff(" ".repeat(8000) + "<html>"), is(InputFormat.HTML));
  }

  @Test
  @Tag("slow")
  void knowsPdfAndOfficeDocuments() throws ReadException {
    for (byte[] content :
        new byte[][] {
          PdfFiles.pdf("T", "x"),
          OfficeFiles.docx("T", "x"),
          OfficeFiles.encryptedDocx("x"),
          OfficeFiles.pptx("x"),
          OfficeFiles.odt("T", "x"),
          OfficeFiles.epub("T", "x"),
          OfficeFiles.rtf("T", "x"),
          WorkbookFiles.xlsx(SHEET),
          WorkbookFiles.xlsm(SHEET),
          WorkbookFiles.xls(SHEET),
          WorkbookFiles.ods(SHEET)
        }) {
      assertThat(
          FormatSniffer.sniff(
              Arrays.copyOf(content, Math.min(content.length, FormatSniffer.BYTES)), UTF_8),
          is(InputFormat.TIKA));
    }
  }

  @Test
  void takesOtherMarkupForText() throws ReadException {
    assertThat(sniff("<p>no <html>"), is(InputFormat.TEXT));
    assertThat(sniff("<htmlish>"), is(InputFormat.TEXT));
    assertThat(sniff("<articles/>"), is(InputFormat.TEXT));
    assertThat(sniff("a < b, <article>"), is(InputFormat.TEXT));
  }

  @Test
  void knowsJsonLines() throws ReadException {
    assertThat(sniff("\n{\"id\": 1}\r\n{\"id\""), is(InputFormat.JSONL));
    assertThat(sniff("{ \"text\": \"" + "x".repeat(5000)), is(InputFormat.JSONL));
    assertThat(sniff("{}"), is(InputFormat.JSONL));
  }

  @Test
  void knowsJsonOverSeveralLines() throws ReadException {
    assertThat(sniff("{\n  \"id\": 1\n}\n"), is(InputFormat.JSON));
    assertThat(sniff("[{\"id\": 1}, "), is(InputFormat.JSON));
    assertThat(sniff("[\n  {\n    \"id\""), is(InputFormat.JSON));
    assertThat(sniff("[1] Smith J, {\"et al\"}"), is(InputFormat.TEXT));
  }

  @Test
  void tellsWhatAFileIsThatNoReaderReads() {
    assertThat(problem("\u0089PNG\r\n\u001a\n"), containsString("an image: run it through OCR"));
    assertThat(problem("PAR1\u0000\u0015"), containsString("a Parquet file: export it as"));
    assertThat(problem("7z\u00bc\u00af'\u001c"), containsString("unpack it first"));
    assertThat(problem("\u0001\u0000\u0002"), containsString("no reader knows its content"));
  }

  @Test
  void tellsTheEncodingThatATextSeemsToBeIn() {
    assertThat(
        problem("Le caf\u00e9 au lait"),
        is(
            "byte 6 (0xE9) is not UTF-8; in windows-1252 (Latin-1) the place reads \u201cLe"
                + " caf\u00e9 au lait\u201d: if that is right, set the option encoding to"
                + " windows-1252, else to the encoding of the file, or convert it to UTF-8"));
  }

  private static String problem(String latin) {
    return assertThrows(
            ReadException.class, () -> FormatSniffer.sniff(Collected.latin1(latin), UTF_8))
        .getMessage();
  }

  @Test
  void takesOtherBracesForText() throws ReadException {
    assertThat(sniff("{\"quoted\" words} and more\nx"), is(InputFormat.TEXT));
    assertThat(sniff(""), is(InputFormat.TEXT));
  }

  @Test
  void takesUtf8ThatIsCutWithinACharacterForText() throws ReadException {
    byte[] text = "aä".getBytes(UTF_8);
    assertThat(FormatSniffer.sniff(Arrays.copyOf(text, 2), UTF_8), is(InputFormat.TEXT));
  }

  @Test
  void recognisesNoBinaryContent() {
    for (byte[] content : new byte[][] {{'P', 'K', 0, 0, 0}, {(byte) 0x89, 'P', 'N', 'G'}}) {
      ReadException e =
          assertThrows(ReadException.class, () -> FormatSniffer.sniff(content, UTF_8));
      assertThat(e.reason(), is(ReadFailure.UNKNOWN_FORMAT));
    }
  }

  private static InputFormat sniff(String beginning) throws ReadException {
    return FormatSniffer.sniff(beginning.getBytes(UTF_8), UTF_8);
  }
}

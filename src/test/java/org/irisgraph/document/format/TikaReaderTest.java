package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.irisgraph.document.ParseAttempts;
import org.irisgraph.document.SourcePart;
import org.irisgraph.document.tika.ParserSettings;
import org.irisgraph.document.tika.Sheets.Sheet;
import org.irisgraph.graph.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real files, parsed in real processes. */
@Tag("slow")
class TikaReaderTest {

  private static final TikaReader READER =
      new TikaReader(
          new ParserSettings(128, 60, 100_000), ParseAttempts.UNCOUNTED, CsvLayout.DEFAULT);

  @BeforeAll
  static void open() {
    READER.open();
  }

  @AfterAll
  static void close() {
    READER.close();
  }

  private static Collected read(String name, byte[] content) {
    Collected collected = new Collected();
    READER.read(
        new SourcePart("/corpus/" + name, name, 42, 0, 20_000_000),
        new ByteArrayInputStream(content),
        collected);
    return collected;
  }

  private static String code(String name, byte[] content) {
    return read(name, content).failure().code();
  }

  @Test
  void readsPdf() {
    Document document =
        read("a.pdf", PdfFiles.pdf("On Gout", "First line\nsecond line", "Page two")).document();

    assertThat(document.id(), is("a.pdf"));
    assertThat(document.text(), is("On Gout\n\nFirst line\nsecond line\n\nPage two"));
    assertThat(document.metadata().get("title"), is("On Gout"));
    assertThat(document.metadata().get("author"), is("A. Author"));
    assertThat(document.metadata().get("pages"), is(2));
    assertThat(document.metadata().get("content_type"), is("application/pdf"));
  }

  @Test
  void readsDocx() {
    Document document =
        read("a.docx", OfficeFiles.docx("On Gout", "One  paragraph.", "Another.")).document();

    assertThat(document.text(), is("On Gout\n\nOne paragraph.\n\nAnother."));
    assertThat(document.metadata().get("author"), is("A. Author"));
  }

  @Test
  void putsABarBetweenTheCellsOfATable() {
    assertThat(
        read("a.docx", OfficeFiles.docxTable("Gout", "Asthma")).document().text(),
        is("Table\n\nGout | Asthma"));
  }

  @Test
  void readsPptx() {
    assertThat(
        read("a.pptx", OfficeFiles.pptx("Gout", "Asthma")).document().text(), is("Gout\n\nAsthma"));
  }

  @Test
  void readsOdt() {
    assertThat(
        read("a.odt", OfficeFiles.odt("On Gout", "One", "Two")).document().text(),
        is("On Gout\n\nOne\n\nTwo"));
  }

  private static final Sheet SHEET =
      new Sheet(
          "One",
          List.of(
              List.of("id", "journal", "text"),
              List.of("a", "BMJ", "Gout hurts."),
              List.of("b", "", "Asthma.")));

  static Stream<Arguments> workbooks() {
    return Stream.of(
        Arguments.of("a.xlsx", WorkbookFiles.xlsx(SHEET)),
        Arguments.of("a.xlsm", WorkbookFiles.xlsm(SHEET)),
        Arguments.of("a.xls", WorkbookFiles.xls(SHEET)),
        Arguments.of("a.ods", WorkbookFiles.ods(SHEET)),
        Arguments.of("noname", WorkbookFiles.xlsx(SHEET)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("workbooks")
  void readsEachRowOfAWorkbookAsADocument(String name, byte[] content) {
    Collected collected = read(name, content);

    assertThat(collected.codes(), is(empty()));
    assertThat(collected.ids(), contains("a", "b"));
    assertThat(
        collected.documents.stream().map(Document::text).toList(),
        contains("Gout hurts.", "Asthma."));
    assertThat(
        collected.documents.stream().map(Document::metadata).toList(),
        contains(Map.of("journal", "BMJ"), Map.of()));
  }

  @Test
  void readsRtf() {
    assertThat(
        read("a.rtf", OfficeFiles.rtf("On Gout", "One", "Two")).document().text(),
        is("On Gout\n\nOne\n\nTwo"));
  }

  @Test
  void readsEpub() {
    Document document = read("a.epub", OfficeFiles.epub("On Gout", "One", "Two")).document();

    assertThat(document.text(), is("On Gout\n\nOne\n\nTwo"));
    assertThat(document.metadata().get("lang"), is("en"));
  }

  @Test
  void leavesOutWhatAMailHides() {
    String mail =
        """
        Subject: Newsletter
        MIME-Version: 1.0
        Content-Type: text/html; charset=utf-8

        <html><head><title>News</title></head><body>
        <div style="display:none!important;max-height:0">Open me<div> now</div>, dear reader.</div>
        <span style='mso-hide:all; visibility: hidden'>And me.</span><p hidden>Not shown.</p>
        <div>Gout <span style="color:red">hurts</span>.</div><div>Aspirin<br>helps.</div>
        <table><tr style="display:none"><td>secret</td></tr><tr><td>one</td><td>two</td></tr></table>
        </body></html>
        """
            .replace("\n", "\r\n");

    Document document = read("a.eml", mail.getBytes(UTF_8)).document();

    assertThat(document.text(), is("Newsletter\n\nGout hurts.\nAspirin\nhelps.\n\none | two"));
  }

  @Test
  void beginsALineOfAMailWithEachBlock() {
    String mail =
        "Subject: Re\r\nContent-Type: text/html\r\n\r\n"
            + "<div dir=\"ltr\">First line of gout<div>Aspirin helps.</div><div>Bye</div></div>";

    assertThat(
        read("a.eml", mail.getBytes(UTF_8)).document().text(),
        is("Re\n\nFirst line of gout\nAspirin helps.\nBye"));
  }

  @Test
  void readsAMailOfManyReplies() {
    String mail =
        "Subject: Re\r\nContent-Type: text/html\r\n\r\n%sGout hurts.%s"
            .formatted("<div>".repeat(400), "</div>".repeat(400));

    assertThat(read("a.eml", mail.getBytes(UTF_8)).document().text(), is("Re\n\nGout hurts."));
  }

  @Test
  void readsTheBodyOfAMailWithoutItsAttachments() {
    Document document = read("a.eml", OfficeFiles.eml("On gout", "Gout hurts.")).document();

    assertThat(document.text(), is("On gout\n\nGout hurts."));
    assertThat(document.metadata().get("author"), is("Ann <ann@example.org>"));
    assertThat(document.metadata().get("to"), is("Bob <bob@example.org>"));
    assertThat(document.metadata().get("created"), is("2025-06-02T10:00:00Z"));
  }

  @Test
  void knowsAFormatWithoutItsName() {
    for (byte[] content :
        new byte[][] {
          PdfFiles.pdf("T", "x"),
          OfficeFiles.docx("T", "x"),
          OfficeFiles.odt("T", "x"),
          OfficeFiles.rtf("T", "x"),
          OfficeFiles.epub("T", "x")
        }) {
      assertThat(read("noname", content).document().text(), is("T\n\nx"));
    }
  }

  @Test
  void readsAPdfThatOnlyRestrictsItsUse() {
    assertThat(
        read("a.pdf", PdfFiles.protectedPdf("", "Gout")).document().text(), is("Locked\n\nGout"));
  }

  @Test
  void namesWhatIsEncrypted() {
    assertThat(code("a.pdf", PdfFiles.protectedPdf("secret", "Gout")), is("ENCRYPTED"));
    assertThat(code("a.docx", OfficeFiles.encryptedDocx("Gout")), is("ENCRYPTED"));
  }

  @Test
  void namesWhatIsDamaged() {
    assertThat(code("a.pdf", OfficeFiles.half(PdfFiles.pdf("T", "x"))), is("BAD_DOCUMENT"));
    assertThat(code("a.docx", OfficeFiles.half(OfficeFiles.docx("T", "x"))), is("BAD_DOCUMENT"));
    assertThat(code("a.odt", OfficeFiles.half(OfficeFiles.odt("T", "x"))), is("BAD_DOCUMENT"));
    assertThat(code("a.epub", OfficeFiles.half(OfficeFiles.epub("T", "x"))), is("BAD_DOCUMENT"));
    assertThat(code("a.pdf", "\0\1\2 nothing %%EOF".getBytes(UTF_8)), is("BAD_DOCUMENT"));
  }

  @Test
  void namesWhatHasNoText() {
    assertThat(code("a.pdf", PdfFiles.scannedPdf()), is("NO_TEXT_LAYER"));
    assertThat(code("a.docx", OfficeFiles.docx("T")), is("BLANK_TEXT"));
    assertThat(code("a.docx", new byte[0]), is("BLANK_TEXT"));
  }

  @Test
  void namesWhatItDoesNotRead() {
    assertThat(code("a.pdf", "plain text".getBytes(UTF_8)), is("UNSUPPORTED_FORMAT"));
    assertThat(code("a.png", new byte[] {(byte) 0x89, 'P', 'N', 'G'}), is("UNSUPPORTED_FORMAT"));
  }

  @Test
  void namesWhatIsTooLarge() {
    Collected collected = new Collected();
    READER.read(
        new SourcePart("/corpus/a.pdf", "a.pdf", 42, 0, 100),
        new ByteArrayInputStream(PdfFiles.pdf("T", "x")),
        collected);

    assertThat(collected.failure().code(), is("TOO_LARGE"));
  }

  @Test
  void namesTheSourceThatBreaksOff() {
    Collected collected = new Collected();
    READER.read(
        Collected.part(1_000_000),
        new BrokenInput("%PDF-1.4".getBytes(UTF_8), new IOException("gone")),
        collected);

    assertThat(collected.failure().code(), is("READ_ERROR"));
  }

  @Test
  void cutsALongTextAndSaysSo() {
    Map<String, Object> uncut =
        read("a.docx", OfficeFiles.docx(null, "gout")).document().metadata();
    Document document = read("a.docx", OfficeFiles.docx(null, "gout ".repeat(30_000))).document();

    assertThat(uncut.get("text_cut"), is((Object) null));
    assertThat(document.text(), startsWith("gout gout"));
    assertThat(document.text().length(), is(both(greaterThan(99_990)).and(lessThan(100_001))));
    assertThat(document.metadata().keySet().iterator().next(), is("text_cut"));
  }

  @Test
  void takesNoMoreOfATitleThanATitleHas() {
    Document document = read("a.rtf", OfficeFiles.rtf("x".repeat(50_000), "Gout")).document();

    assertThat(((String) document.metadata().get("title")).length(), is(10_000));
  }

  @Test
  void namesAZipBomb() {
    assertThat(code("a.docx", OfficeFiles.bombDocx(50)), is("ZIP_BOMB"));
  }
}

package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.irisgraph.document.DocumentReader;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JatsDamageTest {

  private static final String GOOD =
      "<article><front><article-id pub-id-type='pmc'>1</article-id></front><body><p>x</p></body>"
          + "</article>";

  private final DocumentReader reader = new JatsReader();

  @Test
  void deliversTheArticlesBeforeABreakAndNamesItsLine() {
    Collected read = read("<pmc-articleset>\n" + GOOD + "\n<article><body><p>y</body></article>");
    assertThat(read.ids(), contains("PMC1"));
    assertThat(read.codes(), contains("BAD_XML"));
    assertThat(read.unreadable.get(0).position(), is(2L));
    assertThat(
        read.unreadable.get(0).message(),
        allOf(containsString("article 2: not well-formed, line 3"), containsString("</p>")));
  }

  @Test
  void namesTheArticleThatASetBreaksOffIn() {
    Collected read =
        read("<pmc-articleset>" + GOOD + GOOD.replace(">1<", ">2<").replace("</p>", "<b></p>"));
    assertThat(read.ids(), contains("PMC1"));
    assertThat(read.unreadable.get(0).documentId(), is("PMC2"));
  }

  @Test
  void reportsASetThatEndsTooEarly() {
    Collected read = read("<pmc-articleset>" + GOOD);
    assertThat(read.ids(), contains("PMC1"));
    assertThat(read.codes(), contains("BAD_XML"));
    assertThat(read.unreadable.get(0).position(), is(2L));
  }

  @Test
  void refusesALoneArticleThatSomethingFollows() {
    Collected.Unreadable failure = read(GOOD + GOOD).failure();
    assertThat(failure.code(), is("BAD_XML"));
    assertThat(failure.position(), is(0L));
  }

  @Test
  void refusesAnEmptyFileAndOtherXml() {
    assertThat(read("").failure().code(), is("BAD_XML"));
    assertThat(read("no XML").failure().code(), is("BAD_XML"));
    assertThat(
        read("<pmc-articleset><Reply error='id'/></pmc-articleset>").failure().code(),
        is("NO_ARTICLE"));
    assertThat(read("<html><body><p>x</p></body></html>").failure().position(), is(0L));
  }

  @Test
  void neverResolvesAnExternalEntity(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "secret");
    Collected.Unreadable failure =
        read("<!DOCTYPE article [<!ENTITY leak SYSTEM \""
                + secret.toUri()
                + "\">]>"
                + "<article><body><p>see &leak;</p></body></article>")
            .failure();
    assertThat(failure.code(), is("EXTERNAL_ENTITY"));
    assertThat(failure.documentId(), is(nullValue()));
  }

  @Test
  void neverResolvesAParameterEntity() {
    String declaration = "<!ENTITY % remote SYSTEM \"file:///dev/zero\"> %remote;";
    assertThat(
        read("<!DOCTYPE article PUBLIC \"-//NLM//DTD\" \"a.dtd\" [" + declaration + "]>" + GOOD)
            .failure()
            .code(),
        is("EXTERNAL_ENTITY"));
  }

  @Test
  void neverExpandsABillionLaughs() {
    StringBuilder declarations = new StringBuilder("<!ENTITY l0 \"laugh\">");
    for (int i = 1; i < 10; i++) {
      declarations.append("<!ENTITY l" + i + " \"" + ("&l" + (i - 1) + ";").repeat(10) + "\">");
    }
    assertThat(
        read("<!DOCTYPE article [" + declarations + "]><article><body><p>&l9;</p></body></article>")
            .failure()
            .code(),
        is("EXTERNAL_ENTITY"));
  }

  @Test
  void fetchesNoDtd() {
    assertThat(
        read("<!DOCTYPE article SYSTEM \"https://dtd.invalid/[x]\">" + GOOD).ids(),
        contains("PMC1"));
    assertThat(read("<!DOCTYPE article []>" + GOOD).ids(), contains("PMC1"));
  }

  @Test
  void namesAnUnknownEntityAndReadsTheNextArticle() {
    Collected read =
        read(
            "<pmc-articleset>\n<article><body><p>a &mystery; b</p></body></article>\n"
                + GOOD
                + "</pmc-articleset>");
    assertThat(read.ids(), contains("PMC1"));
    assertThat(read.unreadable.get(0).position(), is(1L));
    assertThat(
        read.unreadable.get(0).message(),
        is("article 1: line 2: the entity &mystery; is not known"));
  }

  @Test
  void refusesALargeArticleAndReadsTheNext() {
    String large = GOOD.replace("x", "ö".repeat(Collected.MAX_BYTES)).replace(">1<", ">9<");
    Collected read = read("<pmc-articleset>" + large + GOOD + "</pmc-articleset>");
    assertThat(read.ids(), contains("PMC1"));
    assertThat(read.codes(), contains("TOO_LARGE"));
    assertThat(read.unreadable.get(0).documentId(), is("PMC9"));
    assertThat(read.unreadable.get(0).message(), containsString("maxDocumentBytes"));
  }

  @Test
  void readsNoMoreOfALoneArticleThanIsAllowed() {
    RepeatedInput endless = new RepeatedInput("<p>word</p>\n".getBytes(UTF_8), 1L << 40);
    Collected read =
        Collected.read(
            reader,
            new SequenceInputStream(bytes("<article><body>"), endless),
            Collected.MAX_BYTES);
    assertThat(read.failure().code(), is("TOO_LARGE"));
    assertThat(endless.position(), lessThan(100_000L));
  }

  @Test
  void readsNoEndlessCommentOrAttribute() {
    for (String start : new String[] {"<article><!-- ", "<article article-type='", "<!--"}) {
      RepeatedInput endless = new RepeatedInput("word ".getBytes(UTF_8), 1L << 40);
      Collected read =
          Collected.read(
              reader, new SequenceInputStream(bytes(start), endless), Collected.MAX_BYTES);
      assertThat(start, read.failure().code(), is("TOO_LARGE"));
    }
  }

  @Test
  void deliversTheArticlesBeforeAByteThatIsNotUtf8() {
    byte[] xml = Collected.latin1("<pmc-articleset>" + GOOD + "\n<article>m\u00fcde</article>");
    Collected read = Collected.read(reader, xml);
    assertThat(read.ids(), contains("PMC1"));
    assertThat(read.codes(), contains("NOT_UTF8"));
    assertThat(
        read.unreadable.get(0).message(),
        is("article 2: line 2: byte 126 of the file (0xFC) is not UTF-8"));
  }

  @Test
  @Tag("slow")
  void namesAByteFarIntoTheFile() {
    String lines = "<article><body>" + "<p>\u00f6</p>\n".repeat(50_000);
    byte[] start = lines.getBytes(UTF_8);
    InputStream xml =
        new SequenceInputStream(bytes(lines), new ByteArrayInputStream(new byte[] {'<', -1}));
    Collected.Unreadable failure = Collected.read(reader, xml, 1_000_000).failure();
    assertThat(failure.code(), is("NOT_UTF8"));
    assertThat(
        failure.message(),
        is("line 50001: byte " + (start.length + 1) + " of the file (0xFF) is not UTF-8"));
  }

  @Test
  void namesWhatIsNotInAnotherDeclaredEncoding() {
    byte[] xml = Collected.latin1("<?xml version='1.0' encoding='US-ASCII'?><article>ü</article>");
    assertThat(Collected.read(reader, xml).failure().code(), is("NOT_UTF8"));
  }

  @Test
  void refusesNul() {
    assertThat(read(GOOD.replace("x", "a\0b")).failure().code(), is("BAD_XML"));
  }

  @Test
  void passesOnTheFailureOfTheContent() {
    IOException failure = new ReadException(ReadFailure.TRUNCATED, "the gzip file ends too early");
    InputStream broken = new BrokenInput(("<pmc-articleset>" + GOOD).getBytes(UTF_8), failure);
    Collected read = Collected.read(reader, broken, Collected.MAX_BYTES);
    assertThat(read.ids(), contains("PMC1"));
    assertThat(read.codes(), contains("TRUNCATED"));
    assertThat(read.unreadable.get(0).message(), is("article 2: the gzip file ends too early"));
  }

  @Tag("slow")
  @Test
  void readsDeepNesting() {
    int depth = 100_000;
    String deep = "<b>".repeat(depth) + "x" + "</b>".repeat(depth);
    Collected read = Collected.read(reader, bytes(GOOD.replace("x", deep)), 10_000_000);
    assertThat(read.unreadable, is(empty()));
    assertThat(read.document().text(), is("x"));
  }

  private Collected read(String xml) {
    return Collected.read(reader, xml);
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}

package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.irisgraph.document.DocumentReader;
import org.irisgraph.document.SourcePart;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Origin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlReaderTest {

  private final DocumentReader reader = new HtmlReader();

  @Test
  void keepsRaisedMarksOutOfWordsAndNumbersWhole() {
    assertThat(text("asthma<sup>4</sup> and asthma<sup>a,b</sup>"), is("asthma 4 and asthma a,b"));
    assertThat(text("asthma<sup><a href='#r'>12</a></sup>."), is("asthma 12."));
    assertThat(
        text("5 \u00d7 10<sup>6</sup> 10<sup>\u22123</sup>"), is("5 \u00d7 10^6 10^\u22123"));
    assertThat(
        text("Ca<sup>2+</sup> CO<sub>2</sub> kg/m<sup>2</sup> 1<sup>st</sup> CD4<sup>+</sup>"),
        is("Ca2+ CO2 kg/m^2 1st CD4+"));
    assertThat(text("disease.<sup>3-5</sup> Next"), is("disease. 3-5 Next"));
  }

  @Test
  void writesFormulasInLine() {
    assertThat(
        text("<math><mfrac><mi>a</mi><mi>b</mi></mfrac><msup><mn>10</mn><mn>6</mn></msup></math>"),
        is("a/b10^6"));
  }

  @Test
  void skipsWhatTheStyleHides() {
    assertThat(text("a<span style='color:red; display : none'>b</span><p style=x>c"), is("a\n\nc"));
  }

  @Test
  void keepsARowTogetherWhoseCellsHaveParagraphs() {
    assertThat(
        text("<table><tr><td><p>a</p><p>b</p></td><td><p>c</p></td></tr><tr><td><p>d</table>"),
        is("a\n\nb | c\n\nd"));
  }

  @Test
  void takesAPageForADocument() {
    Document document =
        read("""
        <!DOCTYPE html>
        <html lang="en-GB">
        <head><title> On
          insulin </title>
        <meta name="Description" content="Short.">
        <meta name="author" content="A. B."><meta name="author" content="C. D.">
        <meta name=keywords content=""><meta name="viewport" content="x">
        <style>p { color: red }</style></head>
        <body><h1>Insulin</h1><p>It <b>works</b>.</p></body></html>
        """)
            .document();
    assertThat(
        document,
        is(
            new Document(
                "file",
                new Origin("/corpus/file", 0, 42),
                "On insulin\n\nInsulin\n\nIt works.",
                Map.of(
                    "title",
                    "On insulin",
                    "description",
                    "Short.",
                    "author",
                    List.of("A. B.", "C. D."),
                    "lang",
                    "en-GB"))));
    assertThat(document.metadata().keySet(), contains("title", "description", "author", "lang"));
  }

  @Test
  void separatesBlocks() {
    assertThat(
        text("a<p>b<p>c<div>d<div>e</div>f</div><ul><li>g<li>h</ul><h2>i</h2>j<hr>k"),
        is("a\n\nb\n\nc\n\nd\n\ne\n\nf\n\ng\n\nh\n\ni\n\nj\n\nk"));
    assertThat(
        text("<dl><dt>a<dd>b</dl><blockquote>c</blockquote>d<section>e</section>"),
        is("a\n\nb\n\nc\n\nd\n\ne"));
  }

  @Test
  void separatesCellsAndRows() {
    assertThat(
        text("<table><caption>t<tr><th>a<th>b<tr><td>c<td><p>d</p><td></table>e"),
        is("t\n\na | b\n\nc | d\n\ne"));
  }

  @Test
  void keepsLineBreaks() {
    assertThat(text("a<br>b<br/> <br>c\nd"), is("a\nb\n\nc d"));
    assertThat(text("<pre>x = 1\n  y = 2\n\nz</pre>"), is("x = 1\ny = 2\n\nz"));
  }

  @Test
  void leavesNoMarkupWithinAWord() {
    assertThat(
        text("TP<b>5</b><!-- no -->3, in&shy;su<wbr>lin H<sub>2</sub>O<ins>s</ins>"),
        is("TP53, insulin H2Os"));
    assertThat(text("<button>a</button><select><option>b<option>c</select>d"), is("a b c d"));
  }

  @Test
  void decodesEntities() {
    assertThat(
        text("&alpha;&nbsp;&#946; &#x3b3; &lt;p&gt; &amp;amp; &noentity; AT&T"),
        is("α β γ <p> &amp; &noentity; AT&T"));
  }

  @Test
  void leavesOutWhatIsNotSeen() {
    assertThat(
        text(
            "<nav>menu</nav><script>s('<p>')</script><style>t</style><noscript>n</noscript>"
                + "<template><p>u</p></template><p hidden>v</p><iframe>w</iframe>"
                + "<svg><title>x</title></svg>seen<!-- y --><object>z</object>"),
        is("seen"));
  }

  @Test
  void takesTheTitleOfThePageAndNotOfAPicture() {
    Document document =
        read("<svg><title>picture</title></svg>words<title>late</title>").document();
    assertThat(document.text(), is("late\n\nwords"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html></html>",
        "<title>only</title>",
        "<script>words</script>",
        "<nav>words</nav>",
        "<p>&nbsp;&#8203;</p>"
      })
  void refusesAPageWithoutText(String page) {
    Collected.Unreadable failure = read(page).failure();
    assertThat(failure.code(), is("BLANK_TEXT"));
    assertThat(failure.documentId(), is("file"));
  }

  @Test
  void takesBrokenMarkupAsBrowsersDo() {
    assertThat(text("<p>a <b>b<p>c</b> d</i></div><td>e"), is("a b\n\nc de"));
    assertThat(text("a < b <c d=\"<p>\">e</c"), is("a < b e"));
  }

  @Test
  void refusesNul() {
    assertThat(read("a\0b").failure().code(), is("INVALID_CHARACTERS"));
    assertThat(read("a&#0;b").failure().code(), is("INVALID_CHARACTERS"));
  }

  @ParameterizedTest
  @CsvSource({
    "<meta charset='windows-1252'>, windows-1252",
    "<meta charset='ISO-8859-1'>, windows-1252",
    "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=windows-1251'>, windows-1251",
    "<meta charset=Shift_JIS>, windows-31j",
    "<?xml version='1.0' encoding='windows-1252'?><html>, windows-1252",
    "<!-- <meta charset='latin1'> --><meta charset='no-such'>, UTF-8",
    "<meta charset='utf-16'>, UTF-8",
    "<p>, UTF-8",
  })
  void takesTheDeclaredEncoding(String declaration, String encoding) {
    Charset charset = Charset.forName(encoding);
    String words = "\u201Cword\u201D \u0436 \u65E5";
    String known = charset.newEncoder().canEncode(words) ? words : "\u201Cword\u201D";
    byte[] page = (declaration + known).getBytes(charset);
    assertThat(Collected.read(reader, page).document().text(), is(known));
  }

  @Test
  void takesBytesOfNoCharacterForControlCharactersAsBrowsersDo() {
    byte[] page = Collected.latin1("<meta charset='ISO-8859-1'>a\u009db\u00fc");
    assertThat(Collected.read(reader, page).document().text(), is("a\u009db\u00fc"));
  }

  @Test
  void believesAByteOrderMarkFirst() {
    String page = "<meta charset='latin1'>\u65E5";
    assertThat(Collected.read(reader, page.getBytes(UTF_16)).document().text(), is("\u65E5"));
    assertThat(
        Collected.read(reader, ("\uFEFF" + page).getBytes(UTF_16LE)).document().text(),
        is("\u65E5"));
    assertThat(
        Collected.read(reader, ("\uFEFF" + page).getBytes(UTF_8)).document().text(), is("\u65E5"));
  }

  @Test
  void namesTheByteThatIsNotInTheEncoding() {
    Collected.Unreadable failure =
        Collected.read(reader, Collected.latin1("<p>\nm\u00fcde")).failure();
    assertThat(failure.code(), is("NOT_UTF8"));
    assertThat(failure.message(), is("line 2: byte 5 of the file (0xFC) is not UTF-8"));
  }

  @Test
  void readsXhtml() throws IOException {
    SourcePart part = new SourcePart("/corpus/a.xhtml", "a.xhtml", 0, 0, 1000);
    Collected collected = new Collected();
    String page =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <html xmlns="http://www.w3.org/1999/xhtml" lang="de"><head><title>T</title>
        <script src="x.js"/></head><body><div/><p>a &auml;</p><p><![CDATA[b <c>]]></p></body></html>
        """;
    new HtmlReader().read(part, new ByteArrayInputStream(page.getBytes(UTF_8)), collected);
    assertThat(collected.document().text(), is("T\n\na ä\n\nb <c>"));
    assertThat(collected.document().metadata(), is(Map.of("title", "T", "lang", "de")));
  }

  @Test
  void refusesALargerFileAndNamesTheOption() {
    String page = "x".repeat(Collected.MAX_BYTES);
    assertThat(read(page).document().text(), is(page));
    Collected.Unreadable failure = read(page + "x").failure();
    assertThat(failure.code(), is("TOO_LARGE"));
    assertThat(failure.message(), containsString("maxDocumentBytes"));
  }

  @Test
  void refusesEndlessTags() {
    Collected.Unreadable failure = large("<i>".repeat(1_000_001)).failure();
    assertThat(failure.code(), is("BAD_HTML"));
    assertThat(failure.message(), is("the page has more than 1000000 tags"));
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(
      strings = {
        "<div>",
        "<b>",
        "<a>x",
        "<table><tr><td>",
        "<p><b>x",
        "<ul><li>",
        "<svg>",
        "<b></p>",
        "&amp;",
        "<font a=b>x<p>"
      })
  void readsHostilePagesInTime(String unit) {
    String page = unit.repeat(5_000_000 / unit.length() / 5);
    String text =
        assertTimeout(Duration.ofSeconds(30), () -> large(page + "end").document().text());
    assertThat(text, endsWith("end"));
  }

  private Collected large(String page) {
    return Collected.read(reader, new ByteArrayInputStream(page.getBytes(UTF_8)), 10_000_000);
  }

  private Collected read(String page) {
    return Collected.read(reader, page);
  }

  private String text(String body) {
    return read(body).document().text();
  }
}

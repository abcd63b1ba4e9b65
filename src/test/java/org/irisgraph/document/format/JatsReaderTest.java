package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import org.irisgraph.document.DocumentReader;
import org.irisgraph.graph.Document;
import org.junit.jupiter.api.Test;

class JatsReaderTest {

  private final DocumentReader reader = new JatsReader();

  @Test
  void readsAnArticle() {
    Document document = article("article.xml");
    assertThat(document.id(), is("PMC123"));
    assertThat(document.origin().position(), is(0L));
    assertThat(
        document.text().lines().filter(line -> !line.isEmpty()).toList(),
        contains(
            "Insulin and TNF-α in mice: a trial",
            "Background: Mice need insulin.",
            "1 Introduction",
            "Ca2+ binds calmodulin 1,2. It does so in vitro. 3 Nothing else [4].",
            "• first",
            "• second",
            "1.1 Nested",
            "As follows:",
            "(1) E=mc^2",
            "where m is 5 mg.",
            "Table 1 Doses",
            "Drug | Dose",
            "Insulin | 5 | daily",
            "a units",
            "Methods",
            "We looked.",
            "Figure 1 A mouse."));
  }

  @Test
  void keepsRaisedMarksOutOfWordsAndNumbersWhole() {
    assertThat(
        body(
            "asthma<sup>4</sup> fever<sup><xref ref-type='table-fn'>a</xref></sup> 5 ×"
                + " 10<sup>6</sup> Ca<sup>2+</sup> CO<sub>2</sub> cm<sup>2</sup> dia\u00adbetes"),
        is("asthma 4 fever a 5 × 10^6 Ca2+ CO2 cm^2 diabetes"));
  }

  @Test
  void writesFormulasInLine() {
    assertThat(
        body(
            "<mml:mfrac"
                + " xmlns:mml='m'><mml:mi>a</mml:mi><mml:mrow><mml:mi>b</mml:mi><mml:mi>c</mml:mi></mml:mrow></mml:mfrac>"
                + " <mml:msup xmlns:mml='m'><mml:mn>10</mml:mn><mml:mn>6</mml:mn></mml:msup>"),
        is("a/bc 10^6"));
  }

  private String body(String paragraph) {
    return read("<article><body><p>" + paragraph + "</p></body></article>").document().text();
  }

  @Test
  void separatesParagraphsByBlankLines() {
    Document document = read("<article><body><p>a\n b</p>\n<p>c</p></body></article>").document();
    assertThat(document.text(), is("a b\n\nc"));
  }

  @Test
  void takesMetadataFromTheFront() {
    Document document = article("article.xml");
    assertThat(
        document.metadata().toString(),
        is(
            "{title=Insulin and TNF-α in mice: a trial, journal=Journal of Mice, year=2023,"
                + " pmid=9876, doi=10.1/x, articleType=research-article,"
                + " keywords=[insulin, mouse], authors=[Ada B Curie, The Mouse Group]}"));
  }

  @Test
  void listsFiftyAuthorsAtMost() {
    String authors = "<contrib><name><surname>N</surname></name></contrib>".repeat(60);
    Document document =
        read("<article><front>" + authors + "</front><body><p>x</p></body></article>", 100_000)
            .document();
    List<?> listed = (List<?>) document.metadata().get("authors");
    assertThat(listed, hasSize(51));
    assertThat(listed.get(50), is("et al."));
  }

  @Test
  void readsEveryArticleOfASet() {
    Collected read =
        read(
            "<pmc-articleset>"
                + article("<article-id pub-id-type='pmc'>11</article-id>", "one")
                + article("<article-id pub-id-type='pmcid'>PMC12</article-id>", "two")
                + article("", "three")
                + "</pmc-articleset>");
    assertThat(read.ids(), contains("PMC11", "PMC12", "file#3"));
    assertThat(
        read.documents.stream().map(document -> document.origin().position()).toList(),
        contains(1L, 2L, 3L));
  }

  @Test
  void takesThePathForIdOfALoneArticle() {
    assertThat(read(article("", "text")).document().id(), is("file"));
  }

  @Test
  void knowsElementsInAnyNamespace() {
    Document document =
        read("<o:record xmlns:o='urn:o'><article xmlns='urn:jats'><body><p>x</p></body></article>"
                + "</o:record>")
            .document();
    assertThat(document.text(), is("x"));
  }

  @Test
  void leavesOutReferencesAndSubArticles() {
    Document document =
        read("<article><body><p>kept</p></body><back><ack><p>thanks</p></ack><ref-list><ref>"
                + "<mixed-citation>cited</mixed-citation></ref></ref-list></back>"
                + "<sub-article><body><p>review</p></body></sub-article></article>")
            .document();
    assertThat(document.text(), is("kept"));
  }

  @Test
  void readsCharacterDataSections() {
    Document document =
        read("<article><body><p>a<![CDATA[<b>]]>&amp;<!-- no --><?no?>c</p></body></article>")
            .document();
    assertThat(document.text(), is("a<b>&c"));
  }

  @Test
  void readsOtherDeclaredEncodings() {
    byte[] xml =
        Collected.latin1(
            "<?xml version='1.0' encoding='ISO-8859-1'?><article><body><p>Öl</p></body></article>");
    assertThat(Collected.read(reader, xml).document().text(), is("Öl"));
  }

  @Test
  void readsAnyUnicodeEncoding() {
    String xml = "\uFEFF<?xml version='1.0'?><article><body><p>Öl</p></body></article>";
    assertThat(Collected.read(reader, xml).document().text(), is("Öl"));
    assertThat(Collected.read(reader, xml.getBytes(UTF_16LE)).document().text(), is("Öl"));
    assertThat(Collected.read(reader, xml.getBytes(UTF_16BE)).document().text(), is("Öl"));
  }

  @Test
  void refusesAnArticleWithATitleOnly() {
    Collected.Unreadable failure =
        read("<article><front><article-title>T</article-title></front></article>").failure();
    assertThat(failure.code(), is("BLANK_TEXT"));
  }

  @Test
  void boundsTheArticleAndNotTheSet() {
    String unit = article("", "word ".repeat(150));
    InputStream set =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(
                    bytes("<pmc-articleset>"),
                    new RepeatedInput(unit.getBytes(UTF_8), 5_000),
                    bytes("</pmc-articleset>"))));
    Collected read = Collected.read(reader, set, Collected.MAX_BYTES);
    assertThat(read.unreadable, is(empty()));
    assertThat(read.documents, hasSize(5_000));
  }

  private static String article(String articleId, String text) {
    return "<article><front>" + articleId + "</front><body><p>" + text + "</p></body></article>\n";
  }

  private Collected read(String xml) {
    return Collected.read(reader, xml);
  }

  private Collected read(String xml, int maxBytes) {
    return Collected.read(reader, bytes(xml), maxBytes);
  }

  private Document article(String resource) {
    try (InputStream content = getClass().getResourceAsStream("/document/" + resource)) {
      return Collected.read(reader, content, 100_000).document();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}

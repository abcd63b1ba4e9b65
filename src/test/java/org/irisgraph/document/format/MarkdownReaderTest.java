package org.irisgraph.document.format;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;
import org.irisgraph.document.DocumentReader;
import org.irisgraph.graph.Document;
import org.junit.jupiter.api.Test;

class MarkdownReaderTest {

  private final DocumentReader reader = new MarkdownReader();

  @Test
  void takesFrontMatterForMetadata() {
    Document document =
        read("---\nid: a-1\ntitle: On insulin\ntags: [x, y]\nyear: 2024\n---\nIt *works*.\n")
            .document();
    assertThat(document.id(), is("a-1"));
    assertThat(document.text(), is("On insulin\n\nIt works."));
    assertThat(document.metadata().keySet(), contains("title", "tags", "year"));
    assertThat(
        document.metadata(),
        is(Map.of("title", "On insulin", "tags", List.of("x", "y"), "year", 2024)));
  }

  @Test
  void takesThePathForIdWithoutFrontMatter() {
    Document document = read("# Heading\n\nText\n").document();
    assertThat(document.id(), is("file"));
    assertThat(document.text(), is("Heading\n\nText"));
  }

  @Test
  void keepsAnIdAsItIsWritten() {
    assertThat(read("---\nid: 007\n---\ntext").document().id(), is("007"));
  }

  @Test
  void takesAWindowsFilesFrontMatter() {
    Document document = read("---\r\nid: w\r\n---\r\ntext\r\n").document();
    assertThat(document.id(), is("w"));
    assertThat(document.text(), is("text"));
  }

  @Test
  void leavesNoMarkupWithinAWord() {
    assertThat(text("TP**53**, [TP](http://x.org \"t\")53, `TP`53"), is("TP53, TP53, TP53"));
    assertThat(text("H<sub>2</sub>O<br>and ![al](a.png)cohol"), is("H2O\nand alcohol"));
  }

  @Test
  void separatesBlocksByBlankLines() {
    assertThat(text("a\n\n<div>b</div>\n\n***\n\n<!-- no -->\n\n## c"), is("a\n\nb\n\nc"));
  }

  @Test
  void keepsCodeAndLists() {
    assertThat(text("- one\n- two\n\n```\nx = 1\n```"), is("one\n\ntwo\n\nx = 1"));
  }

  @Test
  void keepsTheCellsOfHtmlTablesApart() {
    assertThat(
        text(
            "<table><tr><td>aspirin</td><td>fever</td></tr><tr><td>ibuprofen<br>x</td></tr></table>"),
        is("aspirin | fever\n\nibuprofen\nx"));
    assertThat(text("<p>one</p><p>two</p>"), is("one\n\ntwo"));
  }

  @Test
  void takesEachRowOfATableForAUnit() {
    assertThat(
        text("Text:\n\n| drug | *for* |\n|:--|---|\n| aspirin | a\\|b |\n| # x | `y` |\n\nEnd"),
        is("Text:\n\ndrug | for\n\naspirin | a|b\n\n# x | y\n\nEnd"));
    assertThat(text("> a | b\n> --|--\n> c | d"), is("a | b\n\nc | d"));
    assertThat(text("```\na | b\n--|--\n```"), is("a | b\n--|--"));
  }

  @Test
  void readsOnAfterATagThatIsOnlyMentioned() {
    assertThat(text("The <title> tag, the <script> tag. Gout."), is("The tag, the tag. Gout."));
  }

  @Test
  void takesARuleAtTheBeginningForText() {
    assertThat(text("---\n\nnot closed"), is("not closed"));
  }

  @Test
  void refusesBrokenFrontMatterWithItsLine() {
    Collected.Unreadable failure = read("---\nid: a\ntags: [x\n---\ntext").failure();
    assertThat(failure.code(), is("BAD_FRONT_MATTER"));
    assertThat(
        failure.message(),
        is(
            "front matter: line 3: while parsing a flow sequence, expected ',' or ']', but got"
                + " <stream end>"));
  }

  @Test
  void refusesFrontMatterThatIsNoMap() {
    assertThat(read("---\n- a\n---\ntext").failure().code(), is("BAD_FRONT_MATTER"));
    assertThat(read("---\nid: [a]\n---\ntext").failure().code(), is("BAD_FRONT_MATTER"));
    assertThat(read("---\na: 1\na: 2\n---\ntext").failure().code(), is("BAD_FRONT_MATTER"));
  }

  @Test
  void refusesATitleWithoutText() {
    Collected.Unreadable failure = read("---\nid: t\ntitle: Only\n---\n").failure();
    assertThat(failure.code(), is("BLANK_TEXT"));
    assertThat(failure.documentId(), is("t"));
  }

  @Test
  void refusesEndlessNesting() {
    String onOneLine = ">".repeat(900) + "x";
    assertThat(read(onOneLine).failure().code(), is("BAD_MARKDOWN"));
  }

  @Test
  void refusesWhatIsNotUtf8() {
    Collected.Unreadable failure = Collected.read(reader, Collected.latin1("# Über")).failure();
    assertThat(failure.code(), is("NOT_UTF8"));
    assertThat(failure.message(), allOf(containsString("byte 2"), containsString("0xDC")));
  }

  private Collected read(String markdown) {
    return Collected.read(reader, markdown);
  }

  private String text(String markdown) {
    return read(markdown).document().text();
  }
}

package org.irisgraph.document.format;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTablesTest {

  @ParameterizedTest
  @ValueSource(strings = {"--|--", "|--|--|", " | :-: | -: |  ", "|-|-"})
  void knowsTheLineBelowTheHeader(String delimiters) {
    assertThat(
        MarkdownTables.toParagraphs("a | b\n" + delimiters + "\nc|d"),
        is("\n<i></i>a \\| b\n\n\n<i></i>c \\| d\n\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "|", "--", "--|", "-- | x", "- - | -", "::|--", "--|--|--", "--||--"})
  void takesOtherLinesForText(String line) {
    String text = "a | b\n" + line + "\nc|d\n";
    assertThat(MarkdownTables.toParagraphs(text), is(text));
  }

  @Test
  void readsATableOfAnyWidth() {
    int columns = 50_000;
    assertThat(
        MarkdownTables.toParagraphs("x|".repeat(columns) + "\n" + "-|".repeat(columns)),
        is("\n<i></i>x" + " \\| x".repeat(columns - 1) + "\n\n"));
  }

  /** To try all ways in which the spaces may be divided takes an hour. */
  @Test
  @Timeout(value = 300, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void looksOnceAtALineThatIsAlmostOneOfDelimiters() {
    String text = "a|b\n|-" + " ".repeat(1_000_000) + "x\n";
    assertThat(MarkdownTables.toParagraphs(text), is(text));
  }
}

package org.irisgraph.base;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "doc-1", "a \\ b~", "with \"quotes\" inside", "exactly as long"})
  void keepsShortAscii(String text) {
    assertThat(PlainText.of(text, text.length()), is(text));
    assertThat(PlainText.isChanged(PlainText.of(text, text.length())), is(false));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "caf\u00e9, \"caf\\u00E9\"",
        "\ud83d\ude00, \"\\uD83D\\uDE00\"",
        "two\u0085lines, \"two\\u0085lines\"",
        // Or it would be taken for a text that was changed.
        "\"quoted\", \"\\\"quoted\\\"\"",
      })
  void writesOtherTextsAsJson(String text, String plain) {
    assertThat(PlainText.of(text, 40), is(plain));
    assertThat(PlainText.isChanged(plain), is(true));
  }

  @Test
  void distinguishesLongTextsWithOneBeginning() {
    String first = PlainText.of("x".repeat(100) + "1", 40);
    String second = PlainText.of("x".repeat(100) + "2", 40);
    assertThat(first.length(), lessThanOrEqualTo(40));
    assertThat(first, not(is(second)));
    assertThat(first.substring(0, 31), is("\"" + "x".repeat(30)));
  }
}

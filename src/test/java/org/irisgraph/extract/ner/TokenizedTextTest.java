package org.irisgraph.extract.ner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenizedTextTest {

  @Test
  void cutsRunsOfLettersRunsOfDigitsAndSymbols() {
    assertThat(words("alpha-methyl 5HT2"), contains("alpha", "-", "methyl", "5", "HT", "2"));
    assertThat(words("(E)-2,4\nβ"), contains("(", "E", ")", "-", "2", ",", "4", "β"));
  }

  @Test
  void doesNotSplitSurrogatePairsAndCombiningMarks() {
    assertThat(words("😀x"), contains("😀", "x"));
    assertThat(words("Sjo\u0308gren"), contains("Sjo\u0308gren"));
  }

  @Test
  void classifiesTheGapBeforeAToken() {
    TokenizedText tokens = TokenizedText.of("a-b c \n d");

    assertThat(
        IntStream.rangeClosed(0, 5).map(tokens::gap).boxed().toList(),
        contains(
            TokenizedText.LINE_END,
            TokenizedText.JOINED,
            TokenizedText.JOINED,
            TokenizedText.SPACE,
            TokenizedText.LINE_END,
            TokenizedText.LINE_END));
  }

  @Test
  void findsTheTokenOfACharacter() {
    TokenizedText tokens = TokenizedText.of(" gout by");

    assertThat(tokens.tokenAt(0), is(0));
    assertThat(tokens.tokenAt(1), is(0));
    assertThat(tokens.tokenAt(4), is(0));
    assertThat(tokens.tokenAt(5), is(1));
    assertThat(tokens.tokenAt(8), is(2));
  }

  @Test
  void numbersEqualWordsAlike() {
    TokenizedText tokens = TokenizedText.of("gout and gout, Gout");

    assertThat(tokens.wordOf(2), is(tokens.wordOf(0)));
    assertThat(tokens.wordOf(4) == tokens.wordOf(0), is(false));
    assertThat(tokens.words().get(tokens.chunkOf(2)).text(), is("gout,"));
  }

  @Test
  void hasNoTokensForABlankText() {
    assertThat(TokenizedText.of(" \n").size(), is(0));
  }

  private static List<String> words(String text) {
    TokenizedText tokens = TokenizedText.of(text);
    return IntStream.range(0, tokens.size())
        .mapToObj(token -> text.substring(tokens.start(token), tokens.end(token)))
        .toList();
  }
}

package org.irisgraph.extract;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceSplitterTest {

  @Test
  void splitsAfterFullStopsQuestionAndExclamationMarks() {
    assertThat(
        split("One is here. Two? \"Three!\" (Four.) Five… Six?! Seven"),
        contains("One is here.", "Two?", "\"Three!\"", "(Four.)", "Five…", "Six?!", "Seven"));
  }

  @Test
  void splitsAtEveryBlankLine() {
    assertThat(
        split("A title\n\na first line\nand a second, cf.\n \t\r\nThe end.\u2029x"),
        contains("A title", "a first line\nand a second, cf.", "The end.", "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Results (Fig. 3 and Figs. 4, Ref. 5) of Smith et al. Were these?",
        "Drugs, e.g. Aspirin, i.e. ASA, vs. Placebo in the U.S. Army.",
        "As Dr. J. R. Smith and E. coli showed in no. 7 of vol. 3.",
        "It rose by 0.05 and 3.2 and v1.2.3 of example.org today.",
        "Of S. aureus etc. but then... nothing, or is it? no.",
      })
  void doesNotSplitAfterAbbreviationsInitialsAndNumbers(String sentence) {
    assertThat(split(sentence), contains(sentence));
  }

  @Test
  void splitsAfterTheNumberOfACitation() {
    assertThat(
        split("A disease.[12, 13] The cure.4,5–7 It is new (see there).8 Yes."),
        contains("A disease.[12, 13]", "The cure.4,5–7", "It is new (see there).8", "Yes."));
  }

  @Test
  void splitsBeforeNamesThatStartInLowerCase() {
    assertThat(
        split("It was cut. mRNA was seen. p53 too. 12 of them. but not this"),
        contains("It was cut.", "mRNA was seen.", "p53 too.", "12 of them. but not this"));
  }

  @Test
  void splitsAfterAWordThatIsAnAbbreviationOnlyBeforeNumbers() {
    assertThat(
        split("Is it no. 5? The answer is no. Then."),
        contains("Is it no. 5?", "The answer is no.", "Then."));
  }

  @Test
  void splitsAfterIdeographicFullStopsWithoutASpace() {
    assertThat(split("患者は糖尿病。治療！"), contains("患者は糖尿病。", "治療！"));
  }

  @Test
  void hasNoSentencesForAnEmptyText() {
    assertThat(SentenceSplitter.split(""), is(empty()));
  }

  @Test
  void coversTheTextWithSentencesThatAreNotBlank() {
    Random random = new Random(4);
    String alphabet = "aB1. .?!\n\n\r\t)]([\",-…。 e.g. ";
    for (int round = 0; round < 5_000; round++) {
      StringBuilder text = new StringBuilder("x");
      for (int i = random.nextInt(40); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      int end = 0;
      for (Span sentence : SentenceSplitter.split(text)) {
        assertThat(sentence.start(), equalTo(end));
        end = sentence.end();
        assertThat(text.substring(sentence.start(), end).isBlank(), is(false));
      }
      assertThat(end, equalTo(text.length()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "word ", "word. ", "Word. ", ".", ". ", ".)", ".]", ".[", ".[1", "a.1", "\n", " ", "\n ",
        "x\n \n", "e.g. ", "a", "(", ". (", "? [", "…", ".\n", ".a ", "A.", "\"", ". \"", "。",
        "Fig. 1 "
      })
  void splitsInLinearTime(String part) {
    CountingText text = new CountingText("x" + part.repeat(400_000 / part.length()));

    SentenceSplitter.split(text);

    assertThat(text.readsPerCharacter(), lessThan(20.0));
  }

  @Tag("slow")
  @Test
  void splitsTenMillionCharacters() {
    String text = "The patient had gout. ".repeat(460_000);

    assertThat(SentenceSplitter.split(text), hasSize(460_000));
  }

  private static List<String> split(String text) {
    return SentenceSplitter.split(text).stream()
        .map(sentence -> text.substring(sentence.start(), sentence.end()).strip())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u4e00\u3002|\u4e8c\uff01|\u4e09\uff1f|\u56db",
        "\u4e00\u3002\u300d|\u4e8c",
        "\u06a9\u06d4 |\u06a9\u061f |\u06a9",
        "\u0915\u0964 |\u0915\u0965 |\u0915",
      })
  void endSentencesAtTheStopsOfOtherScripts(String marked) {
    String text = marked.replace("|", "");
    assertThat(
        SentenceSplitter.split(text).stream()
            .map(span -> text.substring(span.start(), span.end()))
            .toList(),
        is(List.of(marked.split("\\|"))));
  }
}

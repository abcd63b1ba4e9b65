package org.irisgraph.extract.ner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LexiconTest {

  private static final byte BEGIN = 1 + Tags.BEGIN;
  private static final byte INSIDE = 1 + Tags.INSIDE;
  private static final byte LAST = 1 + Tags.LAST;
  private static final byte UNIT = 1 + Tags.UNIT;

  private final Lexicon lexicon =
      new Lexicon(
          List.of(
              new Lexicon.Entry("heart failure", 3),
              new Lexicon.Entry("Heart", 3),
              new Lexicon.Entry("ALL", 3),
              new Lexicon.Entry("non-small lung failure", 1)));

  @Test
  void marksTheLongestNamesInAnyCase() {
    assertThat(find("HEART failure of heart"), is(new byte[] {BEGIN, LAST, 0, UNIT}));
    assertThat(
        find("a non-small lung failure"), is(new byte[] {0, BEGIN, INSIDE, INSIDE, INSIDE, LAST}));
  }

  @Test
  void matchesAcronymsInTheirExactSpellingOnly() {
    assertThat(find("ALL is All of all"), is(new byte[] {UNIT, 0, 0, 0, 0}));
    assertThat(Lexicon.spelling("Acute  ALL"), is("acute ALL"));
  }

  @Test
  void ignoresNamesThatOnlyTheDocumentItselfHas() {
    assertThat(find("Non-small lung failure", "non-Small  lung failure"), is(new byte[5]));
    assertThat(find("heart failure", "heart failure"), is(new byte[] {BEGIN, LAST}));
  }

  @Test
  void countsHeadsInPowersOfTwo() {
    assertThat(lexicon.namesThatEndWith(Word.of("Failure")), is(2));
    assertThat(lexicon.namesThatEndWith(Word.of("heart")), is(1));
    assertThat(lexicon.namesWith(Word.of("heart")), is(2));
    assertThat(lexicon.namesWith(Word.of("kidney")), is(0));
  }

  private byte[] find(String text, String... own) {
    return lexicon.find(
        TokenizedText.of(text), Arrays.stream(own).map(Lexicon::key).collect(Collectors.toSet()));
  }
}

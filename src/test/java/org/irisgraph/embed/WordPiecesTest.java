package org.irisgraph.embed;

import static java.util.stream.Collectors.toList;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.io.InputStream;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares with what {@code tokenizers} gives for bert-base-uncased's vocabulary. */
class WordPiecesTest {

  private static final long BEGIN = 101;
  private static final long END = 102;
  private static final long UNKNOWN = 100;

  private static WordPieces pieces;

  @BeforeAll
  static void load() throws Exception {
    try (InputStream json = MiniLm.QUANTISED.open("-tokenizer.json")) {
      pieces = WordPieces.read(json);
    }
  }

  private static List<Long> ids(String text) {
    return LongStream.of(pieces.ids(text, 256)).boxed().collect(toList());
  }

  @Test
  void marksBeginningAndEnd() {
    assertThat(
        ids("This is an example sentence"),
        contains(BEGIN, 2023L, 2003L, 2019L, 2742L, 6251L, END));
    assertThat(ids(""), contains(BEGIN, END));
  }

  @Test
  void ignoresCaseAndAccents() {
    assertThat(ids("NAÏVE Café"), is(ids("naive cafe")));
    assertThat(ids("nai\u0308ve cafe\u0301"), is(ids("naive cafe")));
  }

  @Test
  void lowersACapitalSigmaAtTheEndOfAWordLikeAnyOther() {
    assertThat(ids("ΟΔΟΣ"), is(ids("οδοσ")));
  }

  @Test
  void separatesPunctuationAndIdeographs() {
    assertThat(ids("5-HT+(x)"), is(ids("5 - HT + ( x )")));
    assertThat(ids("日本"), is(ids("日 本")));
  }

  @Test
  void ignoresControlsAndFormats() {
    assertThat(ids("heart\u0000\u200b\ufffd attack"), is(ids("heart attack")));
    assertThat(ids("heart\u00a0\t\r\nattack"), is(ids("heart attack")));
  }

  @Test
  void aWordWithoutPiecesIsUnknown() {
    assertThat(ids("\uD83E\uDD84"), contains(BEGIN, UNKNOWN, END));
    assertThat(ids("a".repeat(101)), contains(BEGIN, UNKNOWN, END));
  }

  @Test
  void cutsAtTheLimit() {
    assertThat(pieces.ids("aspirin ".repeat(1000), 256).length, is(256));
    assertThat(
        LongStream.of(pieces.ids("this is an example", 4)).boxed().collect(toList()),
        contains(BEGIN, 2023L, 2003L, END));
  }
}

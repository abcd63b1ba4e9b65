package org.irisgraph.text;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordBoundariesTest {

  @ParameterizedTest
  @CsvSource({
    "gout, the gout., true",
    "gout, gouty, false",
    "gout, gout-related, true",
    "Hodgkin, non-Hodgkin, false",
    "Hodgkin, 'non-\nHodgkin', false",
    "asth, asth\u200bma, false",
    "asthma, asthma\u2074, true",
    "\u7cd6\u5c3f\u75c5, \u60a3\u7cd6\u5c3f\u75c5\u8005, true",
    "COVID, \u60a3COVID\u8005, true",
    "\ub450\ud1b5, \ub450\ud1b5\uc740, true",
    "\u0e44\u0e02, \u0e40\u0e1b\u0e47\u0e19\u0e44\u0e02\u0e49\u0e2b, false",
    "\u0e44\u0e02\u0e49, \u0e40\u0e1b\u0e47\u0e19\u0e44\u0e02\u0e49\u0e2b, true",
    "\u062a\u0628, \u062a\u0628\u200c\u0647\u0627, true",
    "\u0433\u0440\u0438\u043f, \u0433\u0440\u0438\u043f\u043f, false",
  })
  void tellWhereAWordIsWhole(String word, String text, boolean whole) {
    int start = text.indexOf(word);
    assertThat(
        WordBoundaries.isStart(text, start)
            && WordBoundaries.isBoundary(text, start + word.length()),
        is(whole));
  }
}

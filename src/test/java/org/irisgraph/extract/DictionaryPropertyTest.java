package org.irisgraph.extract;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;
import org.irisgraph.text.FoldedText;
import org.irisgraph.text.WordBoundaries;
import org.junit.jupiter.api.Test;

/** Compares the automaton with a matcher that tries every term at every position. */
class DictionaryPropertyTest {

  private static final String[] ALPHABETS = {
    "ab ",
    "aAbB -",
    "abc \n\u00A0",
    "aI\u0130\u0131\u1E9E\u00DF ",
    "\uD835\uDEFC\u0301a-' \u2019",
    "non-a "
  };

  /** Building an automaton takes milliseconds, using it microseconds: few of them, many texts. */
  private static final int DICTIONARIES = 120;

  private static final int TEXTS = 40;

  @Test
  void agreesWithTheNaiveMatcherOnRandomTexts() throws IOException {
    Random random = new Random(1);
    int matches = 0;
    for (int round = 0; round < DICTIONARIES; round++) {
      String alphabet = ALPHABETS[round % ALPHABETS.length];
      List<String> terms = terms(random, alphabet);
      Dictionary dictionary = dictionary(terms);
      for (int i = 0; i < TEXTS; i++) {
        String text = text(random, alphabet, random.nextInt(60));

        List<Span> found = spans(dictionary.find(text));

        assertThat("terms " + terms + " in <" + text + ">", found, equalTo(naive(terms, text)));
        matches += found.size();
      }
    }
    assertThat(matches, greaterThan(DICTIONARIES * TEXTS));
  }

  @Test
  void returnsMentionsOfTheTextInOrderWithoutOverlaps() throws IOException {
    Random random = new Random(2);
    for (int round = 0; round < 30; round++) {
      String alphabet = ALPHABETS[round % ALPHABETS.length];
      DictionaryExtractor extractor = new DictionaryExtractor(dictionary(terms(random, alphabet)));
      Document document = Documents.of(text(random, alphabet, 200));

      int free = 0;
      for (Mention mention : extractor.extract(document)) {
        assertThat(mention.start() >= free && mention.start() < mention.end(), equalTo(true));
        assertThat(
            mention.text(), equalTo(document.text().substring(mention.start(), mention.end())));
        free = mention.end();
      }
    }
  }

  private static List<Span> naive(List<String> terms, String text) {
    List<Span> spans = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int longest = 0;
      for (String term : terms) {
        longest = Math.max(longest, matchEnd(term, text, at));
      }
      if (longest > 0) {
        spans.add(new Span(at, longest));
      }
      at = Math.max(at + 1, longest);
    }
    return spans;
  }

  /** Returns the end of the term that starts at this position; 0 if it does not. */
  private static int matchEnd(String term, String text, int start) {
    boolean exact =
        term.length() <= Dictionary.MAX_ACRONYM
            && term.substring(1).chars().anyMatch(Character::isUpperCase);
    int at = start;
    for (int i = 0; i < term.length(); i++) {
      char expected = term.charAt(i);
      int begin = at;
      if (expected == ' ') {
        while (at < text.length() && (text.charAt(at) <= ' ' || text.charAt(at) == '\u00A0')) {
          at++;
        }
        if (text.substring(begin, at).chars().filter(c -> c == '\n').count() > 1) {
          return 0;
        }
      } else if (at < text.length() && same(expected, text.charAt(at), exact)) {
        at++;
      }
      if (at == begin) {
        return 0;
      }
    }
    boolean cutsACharacter = isMark(text, start) || isMark(text, at);
    return !cutsACharacter
            && WordBoundaries.isStart(text, start)
            && WordBoundaries.isBoundary(text, at)
        ? at
        : 0;
  }

  private static boolean isMark(String text, int at) {
    return at > 0
        && at < text.length()
        && text.charAt(at) == '\u0301'
        && text.charAt(at - 1) != ' ';
  }

  private static boolean same(char expected, char actual, boolean exact) {
    if (exact) {
      return expected == actual;
    }
    char straight = actual == '\u2019' ? '\'' : actual;
    char wanted = expected == '\u2019' ? '\'' : expected;
    return String.valueOf(wanted).equalsIgnoreCase(String.valueOf(straight));
  }

  private static Dictionary dictionary(List<String> terms) throws IOException {
    String content = String.join("", terms.stream().map(term -> term + "\tX\n").toList());
    return Dictionary.parse("random", new StringReader(content));
  }

  private static List<String> terms(Random random, String alphabet) {
    Set<String> terms = new LinkedHashSet<>();
    while (terms.size() < 6) {
      String term = FoldedText.collapse(text(random, alphabet, 1 + random.nextInt(6)));
      if (term.codePoints().anyMatch(Character::isLetterOrDigit)) {
        terms.add(term);
      }
    }
    return List.copyOf(terms);
  }

  private static String text(Random random, String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int at = random.nextInt(alphabet.codePointCount(0, alphabet.length()));
      text.appendCodePoint(alphabet.codePointAt(alphabet.offsetByCodePoints(0, at)));
    }
    return text.toString();
  }

  private static List<Span> spans(List<Dictionary.Match> matches) {
    return matches.stream().map(match -> new Span(match.start(), match.end())).toList();
  }
}

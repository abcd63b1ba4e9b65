package org.irisgraph.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.irisgraph.text.CharacterClasses;
import org.irisgraph.text.ScriptRules;

/**
 * Splits a text into sentences in linear time.
 *
 * <p>{@code java.text.BreakIterator} and ICU split after {@code Fig.} and {@code et al.} and ignore
 * paragraphs, OpenNLP's detector needs a model; and the results of all three may change with a
 * version of the JDK, of CLDR's rules or of the model, which would change the graph.
 *
 * <p>A sentence ends
 *
 * <ul>
 *   <li>at a blank line, always;
 *   <li>after {@code .}, {@code !}, {@code ?} or {@code …}, closing quotes and brackets and the
 *       number of a citation ({@code disease.[12]}, {@code disease.1,2}), if white space follows
 *       and then anything but a lower-case word ({@code mRNA} and {@code p53} are not), unless the
 *       full stop belongs to an abbreviation or to a single letter ({@code J. Smith}, {@code
 *       e.g.});
 *   <li>after a stop of another script ({@link ScriptRules#isSentenceEnd}), always.
 * </ul>
 *
 * <p>A single letter at the end of a sentence ({@code hepatitis C.}) therefore joins it to the
 * next: initials are more frequent in articles.
 */
public final class SentenceSplitter {

  /** Raise when the same text is split differently. */
  public static final int VERSION = 2;

  /** Words that rarely end a sentence before a capital or a digit. */
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "al", "approx", "ca", "cf", "dr", "ed", "eds", "eq", "eqs", "esp", "fig", "figs", "incl",
          "mr", "mrs", "ms", "prof", "ref", "refs", "resp", "sp", "spp", "st", "subsp", "suppl",
          "tab", "var", "viz", "vol", "vs");

  /** Abbreviations before a number, ordinary words elsewhere. */
  private static final Set<String> ABBREVIATIONS_BEFORE_NUMBERS = Set.of("no", "nos", "pp", "sect");

  private static final int LONGEST_ABBREVIATION = 6;
  private static final int LONGEST_CITATION = 40;

  private final CharSequence text;
  private final List<Span> sentences = new ArrayList<>();

  private SentenceSplitter(CharSequence text) {
    this.text = text;
  }

  /** Returns the sentences, each with its trailing white space; together they cover the text. */
  public static List<Span> split(CharSequence text) {
    SentenceSplitter splitter = new SentenceSplitter(text);
    splitter.run();
    return splitter.sentences;
  }

  private void run() {
    int start = 0;
    boolean blank = true;
    int at = 0;
    while (at < text.length()) {
      char character = text.charAt(at);
      int next = at + 1;
      boolean ends = false;
      if (CharacterClasses.isWhiteSpace(character)) {
        next = skipWhiteSpace(at);
        ends = !blank && isBlankLine(at, next);
      } else {
        blank = false;
        if (ScriptRules.isSentenceEnd(character)) {
          next = skipWhiteSpace(skipClosing(skipEnds(next)));
          ends = true;
        } else if (isStop(character)) {
          next = skipStops(next);
          int afterSpace = afterSentence(at, next);
          ends = afterSpace > 0;
          next = ends ? afterSpace : next;
        }
      }
      if (ends) {
        sentences.add(new Span(start, next));
        start = next;
        blank = true;
      }
      at = next;
    }
    if (start < text.length()) {
      sentences.add(new Span(start, text.length()));
    }
  }

  /** Returns the start of the next sentence if the stops end one, else 0. */
  private int afterSentence(int first, int end) {
    boolean fullStop = end == first + 1 && text.charAt(first) == '.';
    int closed = skipCitation(first, skipClosing(end));
    int next = skipWhiteSpace(closed);
    if (next == text.length()) {
      return next;
    }
    if (next == closed || startsInLowerCase(next)) {
      return 0;
    }
    return fullStop && isAbbreviation(first, next) ? 0 : next;
  }

  private boolean isAbbreviation(int fullStop, int next) {
    int start = fullStop;
    while (start > 0
        && fullStop - start <= LONGEST_ABBREVIATION
        && Character.isLetter(text.charAt(start - 1))) {
      start--;
    }
    int length = fullStop - start;
    if (length == 0 || length > LONGEST_ABBREVIATION) {
      return false;
    }
    if (start > 0 && Character.isDigit(text.charAt(start - 1))) {
      return false;
    }
    String word = text.subSequence(start, fullStop).toString().toLowerCase(Locale.ROOT);
    return length == 1
        || ABBREVIATIONS.contains(word)
        || (ABBREVIATIONS_BEFORE_NUMBERS.contains(word) && Character.isDigit(text.charAt(next)));
  }

  /** Whether a lower-case word starts here, after any opening quotes and brackets. */
  private boolean startsInLowerCase(int start) {
    int at = start;
    while (at < text.length() && ScriptRules.isOpening(text.charAt(at))) {
      at++;
    }
    if (at == text.length() || !Character.isLowerCase(text.charAt(at))) {
      return false;
    }
    if (at + 1 == text.length()) {
      return true;
    }
    char second = text.charAt(at + 1);
    return !Character.isUpperCase(second) && !Character.isDigit(second);
  }

  /** Skips the number of a citation: in brackets, or without them after a word. */
  private int skipCitation(int fullStop, int start) {
    if (start == text.length() || fullStop == 0) {
      return start;
    }
    boolean bracket = text.charAt(start) == '[';
    char before = text.charAt(fullStop - 1);
    boolean afterWord = Character.isLetter(before) || before == ')';
    if (!bracket && !(afterWord && Character.isDigit(text.charAt(start)))) {
      return start;
    }
    int limit = Math.min(text.length(), start + LONGEST_CITATION);
    int at = bracket ? start + 1 : start;
    while (at < limit && isCitation(text.charAt(at), bracket)) {
      at++;
    }
    if (!bracket) {
      return at;
    }
    return at < limit && text.charAt(at) == ']' ? at + 1 : start;
  }

  private static boolean isCitation(char character, boolean bracket) {
    return Character.isDigit(character)
        || character == ','
        || CharacterClasses.isHyphen(character)
        || (bracket && character == ' ');
  }

  private boolean isBlankLine(int start, int end) {
    int lineEnds = 0;
    for (int at = start; at < end; at++) {
      char character = text.charAt(at);
      if (character == '\u2029') {
        return true;
      }
      if (character == '\n') {
        lineEnds++;
      }
    }
    return lineEnds > 1;
  }

  private int skipWhiteSpace(int start) {
    int at = start;
    while (at < text.length() && CharacterClasses.isWhiteSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private int skipEnds(int start) {
    int at = start;
    while (at < text.length() && ScriptRules.isSentenceEnd(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private int skipStops(int start) {
    int at = start;
    while (at < text.length() && isStop(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private int skipClosing(int start) {
    int at = start;
    while (at < text.length() && ScriptRules.isClosing(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isStop(char character) {
    return character == '.' || character == '!' || character == '?' || character == '…';
  }
}

package org.irisgraph.extract.ner;

import java.util.Set;
import java.util.stream.IntStream;
import org.irisgraph.extract.Span;
import org.jspecify.annotations.Nullable;

/** Judges and cuts mentions that a model takes for dates. */
final class DateNames {

  /** In full; some are names of persons, too. */
  private static final Set<String> DAYS_AND_MONTHS =
      words(
          """
          january february march april may june july august september october november december
          monday tuesday wednesday thursday friday saturday sunday
          """);

  /** Other words that make a date of what they stand in. */
  private static final Set<String> TIMES =
      words(
          """
          jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun spring summer
          autumn fall winter annual daily weekly monthly christmas easter thanksgiving ramadan
          halloween eve today tonight tomorrow yesterday bc bce ad ce am pm
          """);

  /** In capitals, without a number, they are words of a heading: {@code WHOM IT MAY CONCERN}. */
  private static final Set<String> AMBIGUOUS = words("may march mar sat sun");

  /** In capitals they are words of a heading: {@code MINUTES OF THE MEETING}. */
  private static final Set<String> UNITS =
      words(
          """
          year years month months week weeks weekend day days hour hours minute minutes second
          seconds morning afternoon evening night noon midnight century centuries decade decades
          millennium quarter season era age period dynasty
          """);

  /** Numbers with white space between them; a date has three at most. */
  private static final int MOST_GROUPS = 4;

  private final TokenizedText tokens;

  DateNames(TokenizedText tokens) {
    this.tokens = tokens;
  }

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+"));
  }

  /** Whether a word is the full name of a day or month. */
  static boolean isDayOrMonth(String word) {
    return DAYS_AND_MONTHS.contains(word);
  }

  /**
   * Returns the part of some tokens that is a date, without the text before a bracket that is not
   * closed, and without the hour of a time and what follows; null if none is. A date has a word of
   * time, or a number that is no part of a longer one.
   */
  @Nullable Span date(int first, int end) {
    int start = afterOpenBracket(first, end);
    int stop = beforeTime(start, end);
    return isDate(start, stop) ? new Span(tokens.start(start), tokens.end(stop - 1)) : null;
  }

  private int afterOpenBracket(int first, int end) {
    for (int token = end - 1; token >= first; token--) {
      String text = tokens.word(token).text();
      if (text.equals(")") || text.equals("]")) {
        return first;
      }
      if ((text.equals("(") || text.equals("[")) && token + 1 < end) {
        return token + 1;
      }
    }
    return first;
  }

  /** Returns the end of a date without a time, or the hour of one, and what follows. */
  private int beforeTime(int start, int end) {
    int stop = start + 1;
    while (stop < end && !isPartOfTime(stop)) {
      stop++;
    }
    while (stop < end && stop - 1 > start && !isDigits(stop - 1) && !isLetters(stop - 1)) {
      stop--;
    }
    return stop;
  }

  private boolean isPartOfTime(int token) {
    return isDigits(token)
        ? tokens.isJoinedBy(token + 1, token + 1, ":") || tokens.isJoinedBy(token, token - 1, ":")
        : tokens.word(token).text().equals(":");
  }

  private boolean isLetters(int token) {
    return tokens.word(token).isLetters();
  }

  private boolean isDate(int first, int end) {
    if (isLongNumber(first, end)) {
      return false;
    }
    boolean hasNumber = IntStream.range(first, end).anyMatch(this::isDigits);
    for (int token = first; token < end; token++) {
      Word word = tokens.word(token);
      if (((TIMES.contains(word.lower()) || DAYS_AND_MONTHS.contains(word.lower()))
              && (hasNumber || !word.isCapitals() || !AMBIGUOUS.contains(word.lower())))
          || (UNITS.contains(word.lower()) && !word.isCapitals())
          || (isDigits(token) && isYear(token, word.text()))) {
        return true;
      }
    }
    return false;
  }

  /** Whether some tokens have the digits of a telephone or an account. */
  private boolean isLongNumber(int first, int end) {
    int groups = 0;
    for (int token = first; token < end; token++) {
      if (isDigits(token)) {
        int digits = tokens.word(token).text().length();
        groups++;
        if (groups == MOST_GROUPS || digits == 5 || digits == 7 || digits > 8) {
          return true;
        }
      } else {
        groups = 0;
      }
    }
    return false;
  }

  /** Whether a number may be a year, rather than a part of a longer number or of a code. */
  private boolean isYear(int token, String digits) {
    boolean inRange =
        digits.length() < 4 || (digits.length() == 4 && "12".indexOf(digits.charAt(0)) >= 0);
    return inRange
        && digits.charAt(0) != '0'
        && !(isDigits(token - 2) && tokens.isJoinedBy(token, token - 1, ".,:/"))
        && !(isDigits(token + 2) && tokens.isJoinedBy(token + 1, token + 1, ".,:/"))
        && !(isDigits(token - 2)
            && tokens.isJoinedBy(token, token - 1, "-")
            && tokens.word(token - 2).text().length() != digits.length())
        && !(isDigits(token + 2)
            && tokens.isJoinedBy(token + 1, token + 1, "-")
            && tokens.word(token + 2).text().length() == 3)
        && !isInCode(token);
  }

  /** Whether a number follows letters in capitals and a hyphen: {@code INV-2024}. */
  private boolean isInCode(int token) {
    return token > 1
        && tokens.isJoinedBy(token, token - 1, "-")
        && tokens.gap(token - 1) == TokenizedText.JOINED
        && tokens.word(token - 2).isLetters()
        && tokens.word(token - 2).isCapitals()
        && !TIMES.contains(tokens.word(token - 2).lower())
        && !DAYS_AND_MONTHS.contains(tokens.word(token - 2).lower());
  }

  private boolean isDigits(int token) {
    return token >= 0
        && token < tokens.size()
        && Character.isDigit(tokens.word(token).text().codePointAt(0));
  }
}

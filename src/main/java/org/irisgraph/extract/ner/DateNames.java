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
          halloween eve ages antiquity renaissance today tonight tomorrow yesterday bc bce ad ce am pm
          """);

  /** Of the earth. */
  private static final Set<String> EPOCHS =
      words(
          """
          cambrian ordovician silurian devonian carboniferous permian triassic jurassic cretaceous
          paleocene eocene oligocene miocene pliocene pleistocene holocene paleozoic mesozoic cenozoic
          quaternary neolithic paleolithic
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

  /** What a number follows in a reference to a part of a text. */
  private static final Set<String> REFERENCES =
      words(
          """
          figure figures fig figs table tables section sections chapter chapters equation equations
          eq eqs ref refs reference references page pages pp supplementary appendix scheme
          """);

  /** In capitals at the start of a title, yet part of a date. */
  private static final Set<String> OPENINGS =
      words(
          """
          the this last next every early mid late end beginning middle first second third fourth
          fiscal financial academic school calendar
          """);

  /** No date ends with one of these. */
  private static final String ENDS = "|?!,;:";

  /** Numbers with white space between them; a date has three at most. */
  private static final int MOST_GROUPS = 4;

  private final TokenizedText tokens;
  private final YearNumbers years;

  DateNames(TokenizedText tokens) {
    this.tokens = tokens;
    this.years = new YearNumbers(tokens);
  }

  static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+"));
  }

  /** Whether a word is the name of an epoch of the earth. */
  static boolean isEpoch(String word) {
    return EPOCHS.contains(word);
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
    if (isReference(first, end)) {
      return null;
    }
    int start = afterOpenBracket(first, end);
    int stop = beforeTime(start, end);
    if (IntStream.range(start, stop).anyMatch(this::isDigits)) {
      start = afterName(start, stop);
      stop = beforeName(start, stop);
    }
    while (stop - 1 > start && ENDS.contains(tokens.word(stop - 1).text())) {
      stop--;
    }
    return isDate(start, stop) && !isAge(stop)
        ? new Span(tokens.start(start), tokens.end(stop - 1))
        : null;
  }

  /** Whether a unit of time before a token is followed by "old". */
  private boolean isAge(int end) {
    int next = tokens.isJoinedBy(end, end, "-") ? end + 1 : end;
    return next < tokens.size()
        && tokens.word(next).text().equals("old")
        && UNITS.contains(tokens.word(end - 1).lower());
  }

  /** Whether some tokens have the number of a figure, table, section or page. */
  boolean isReference(int first, int end) {
    int start = first > 1 && tokens.word(first - 1).text().equals(".") ? first - 2 : first - 1;
    return IntStream.range(Math.max(start, 0), end).anyMatch(this::isReference);
  }

  private boolean isReference(int token) {
    if (!REFERENCES.contains(tokens.word(token).lower())) {
      return false;
    }
    int number = tokens.isJoinedBy(token + 1, token + 1, ".") ? token + 2 : token + 1;
    return isDigits(number)
        || (isDigits(number + 1)
            && tokens.gap(number + 1) == TokenizedText.JOINED
            && tokens.word(number).text().length() == 1
            && isLetters(number));
  }

  /** Whether a token has the capital of a name that is none of a time. */
  private boolean isOtherName(int token) {
    Word word = tokens.word(token);
    return Character.isUpperCase(word.text().codePointAt(0))
        && word.text().length() > 2
        && !isTime(word.lower())
        && !UNITS.contains(word.lower())
        && !OPENINGS.contains(word.lower());
  }

  /** Returns the start of a date with a number, without the name that the tokens begin with. */
  private int afterName(int first, int end) {
    int start = first;
    if (isOtherName(start)) {
      while (start < end - 1 && !isDigits(start) && !isTime(tokens.word(start).lower())) {
        start++;
      }
    }
    return start;
  }

  /** Returns the end of a date with a number, without the names that the tokens end with. */
  private int beforeName(int start, int end) {
    int stop = end;
    while (stop - 1 > start && isOtherName(stop - 1)) {
      stop--;
    }
    while (stop < end && stop - 1 > start && !isDigits(stop - 1) && !isLetters(stop - 1)) {
      stop--;
    }
    return stop;
  }

  /** Whether a word in lower case makes a date of what it stands in. */
  static boolean isTime(String word) {
    return TIMES.contains(word) || DAYS_AND_MONTHS.contains(word) || EPOCHS.contains(word);
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
    return token < tokens.size() && tokens.word(token).isLetters();
  }

  private boolean isDate(int first, int end) {
    if (isLongNumber(first, end)) {
      return false;
    }
    boolean hasNumber = IntStream.range(first, end).anyMatch(this::isDigits);
    for (int token = first; token < end; token++) {
      Word word = tokens.word(token);
      if ((isTime(word.lower())
              && (hasNumber || !word.isCapitals() || !AMBIGUOUS.contains(word.lower())))
          || (UNITS.contains(word.lower()) && !word.isCapitals())
          || (isDigits(token) && years.isYear(token))) {
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

  private boolean isDigits(int token) {
    return years.isDigits(token);
  }
}

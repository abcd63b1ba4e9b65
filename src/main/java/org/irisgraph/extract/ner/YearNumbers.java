package org.irisgraph.extract.ner;

import java.util.Set;

/**
 * Which numbers of a text may be the year, day or decade of a date, rather than a quantity, or a
 * part of a longer number or code.
 */
final class YearNumbers {

  /** Earlier ones need a word before them that makes them years. */
  private static final String FIRST_USUAL = "1700";

  private static final String FIRST_OF_FUTURE = "2100";

  /** Follow each other in an enumeration or range. */
  private static final int MOST_IN_A_ROW = 4;

  /** What a number of three or four digits follows that is a year. */
  private static final Set<String> BEFORE =
      DateNames.words(
          """
          in since until till from between around circa ca c before after by during year years
          early mid late born died b d (
          """);

  /** What stands between two numbers that are years if the first is. */
  private static final Set<String> BETWEEN = DateNames.words("- – — to and or , /");

  /** Between a year and the last digits of a later one: {@code 2015–16}. */
  private static final Set<String> DASHES = DateNames.words("- – /");

  /** What follows the number of a day or decade without white space. */
  private static final Set<String> ENDINGS = DateNames.words("st nd rd th s");

  /** What follows the number of a quantity. */
  private static final Set<String> UNITS =
      DateNames.words(
          "cm nm mm km kg mg ml hz khz mhz ghz da kda mv mol mmol μmol μm µmol µm ° % ℃");

  private final TokenizedText tokens;

  YearNumbers(TokenizedText tokens) {
    this.tokens = tokens;
  }

  boolean isDigits(int token) {
    return token >= 0 && token < tokens.size() && tokens.word(token).startsWithDigit();
  }

  /** Whether a number is one of our time, or its context, or that of one before it, says so. */
  boolean isYear(int token) {
    int at = token;
    for (int numbers = 0; numbers < MOST_IN_A_ROW; numbers++) {
      int digits = tokens.word(at).text().length();
      if (digits > 4 || isPartOfNumber(at, digits) || isInCode(at)) {
        return false;
      }
      if (isYearAlone(at)) {
        return true;
      }
      if (!isDigits(at - 2) || !(digits > 2 ? BETWEEN : DASHES).contains(lower(at - 1))) {
        return false;
      }
      at -= 2;
    }
    return false;
  }

  private boolean isYearAlone(int token) {
    String digits = tokens.word(token).text();
    if (digits.charAt(0) == '0' || isQuantity(token)) {
      return false;
    }
    if (ENDINGS.contains(lower(token + 1)) && tokens.gap(token + 1) == TokenizedText.JOINED) {
      return true;
    }
    String before = lower(tokens.isJoinedBy(token, token - 1, ".") ? token - 2 : token - 1);
    return switch (digits.length()) {
      case 4 ->
          digits.compareTo(FIRST_OF_FUTURE) < 0
              && (digits.compareTo(FIRST_USUAL) >= 0 || BEFORE.contains(before));
      case 3 ->
          BEFORE.contains(before)
              && !before.equals("(")
              && !(token + 1 < tokens.size() && tokens.word(token + 1).isLetters());
      default -> false;
    };
  }

  private String lower(int token) {
    return token >= 0 && token < tokens.size() ? tokens.word(token).lower() : "";
  }

  /** Whether the unit of a quantity follows a number, or a range of numbers. */
  private boolean isQuantity(int token) {
    int next = token + 1;
    while (next < token + 2 * MOST_IN_A_ROW
        && BETWEEN.contains(lower(next))
        && !lower(next).equals(",")
        && isDigits(next + 1)) {
      next += 2;
    }
    return UNITS.contains(lower(next));
  }

  private boolean isPartOfNumber(int token, int digits) {
    return (isDigits(token - 2) && tokens.isJoinedBy(token, token - 1, ".,:/"))
        || (isDigits(token + 2) && tokens.isJoinedBy(token + 1, token + 1, ".,:/"))
        || (isDigits(token - 2)
            && tokens.isJoinedBy(token, token - 1, "-")
            && tokens.word(token - 2).text().length() != digits)
        || (isDigits(token + 2)
            && tokens.isJoinedBy(token + 1, token + 1, "-")
            && tokens.word(token + 2).text().length() == 3);
  }

  /** Whether a number follows letters in capitals and a hyphen: {@code INV-2024}. */
  private boolean isInCode(int token) {
    return token > 1
        && tokens.isJoinedBy(token, token - 1, "-")
        && tokens.gap(token - 1) == TokenizedText.JOINED
        && tokens.word(token - 2).isLetters()
        && tokens.word(token - 2).isCapitals()
        && !DateNames.isTime(tokens.word(token - 2).lower());
  }
}

package org.irisgraph.extract;

/** Classes of characters, and where words begin and end. */
final class CharacterClasses {

  private static final String NEGATION_PREFIX = "non";

  private CharacterClasses() {}

  /** Includes no-break spaces, unlike {@link Character#isWhitespace}. */
  static boolean isWhiteSpace(char character) {
    return character == ' '
        || Character.isWhitespace(character)
        || (character >= 128 && Character.isSpaceChar(character));
  }

  /** Includes the en dash, which print uses as a hyphen, and the minus sign. */
  static boolean isHyphen(char character) {
    return character == '-'
        || character == '\u2010'
        || character == '\u2011'
        || character == '\u2013'
        || character == '\u2212';
  }

  static boolean isApostrophe(char character) {
    return character == '\''
        || character == '\u2018'
        || character == '\u2019'
        || character == '\u02BC';
  }

  /**
   * Whether a part of the text consists of whole words: neither edge is inside a run of letters,
   * digits and combining marks. A hyphen ends a word, so that {@code cancer} occurs in {@code
   * cancer-related}. The word after {@code non-} is negated and does not count ({@code non-Hodgkin
   * lymphoma} is no Hodgkin lymphoma).
   */
  static boolean isWholeWords(CharSequence text, int start, int end) {
    return isBoundary(text, start) && isBoundary(text, end) && !isNegated(text, start);
  }

  private static boolean isBoundary(CharSequence text, int index) {
    return index == 0
        || index == text.length()
        || !isWordPart(Character.codePointBefore(text, index))
        || !isWordPart(Character.codePointAt(text, index));
  }

  private static boolean isNegated(CharSequence text, int start) {
    int prefix = start - 1 - NEGATION_PREFIX.length();
    if (prefix < 0 || !isHyphen(text.charAt(start - 1)) || !isBoundary(text, prefix)) {
      return false;
    }
    for (int i = 0; i < NEGATION_PREFIX.length(); i++) {
      if (Character.toLowerCase(text.charAt(prefix + i)) != NEGATION_PREFIX.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static boolean isWordPart(int codePoint) {
    if (Character.isLetterOrDigit(codePoint)) {
      return true;
    }
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }
}

package org.irisgraph.text;

/**
 * A word that is divided at the end of a line, as in PDF and plain text: a letter or digit, a
 * hyphen, one line break with any spaces around it, and a letter or digit. Whether the hyphen
 * belongs to the word ({@code graft-versus-host}) or not ({@code inflam-matory}) cannot be told
 * from the place.
 */
final class LineEndHyphen {

  static final char SOFT_HYPHEN = '\u00AD';

  private LineEndHyphen() {}

  /**
   * The index at which the word goes on if it is divided at this character, else -1.
   *
   * @param hyphen the index of any character
   */
  static int next(CharSequence text, int hyphen) {
    if (hyphen == 0
        || !isLineHyphen(text.charAt(hyphen))
        || !CharacterClasses.isWordPart(Character.codePointBefore(text, hyphen))) {
      return -1;
    }
    int at = hyphen + 1;
    int lines = 0;
    while (at < text.length() && isSpace(text.charAt(at))) {
      lines += text.charAt(at) == '\n' ? 1 : 0;
      at++;
    }
    return lines == 1 && at < text.length() && Character.isLetterOrDigit(text.charAt(at)) ? at : -1;
  }

  /** The index of the hyphen if a word goes on at this index after a line's end, else -1. */
  static int before(CharSequence text, int index) {
    int at = index - 1;
    while (at > 0 && isSpace(text.charAt(at))) {
      at--;
    }
    return at > 0 && next(text, at) == index ? at : -1;
  }

  /** Whether the hyphen may have been put in where the word was divided. */
  static boolean mayBeJoined(CharSequence text, int hyphen, int next) {
    return text.charAt(hyphen) == SOFT_HYPHEN
        || (Character.isLetter(text.charAt(hyphen - 1))
            && Character.isLowerCase(text.charAt(next)));
  }

  /** Whether the hyphen may be part of the word's spelling. */
  static boolean mayBeKept(CharSequence text, int hyphen) {
    return text.charAt(hyphen) != SOFT_HYPHEN;
  }

  private static boolean isLineHyphen(char character) {
    return character == '-' || character == '\u2010' || character == SOFT_HYPHEN;
  }

  private static boolean isSpace(char character) {
    return character == ' ' || character == '\t' || character == '\r' || character == '\n';
  }
}

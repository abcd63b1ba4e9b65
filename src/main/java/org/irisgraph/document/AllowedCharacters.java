package org.irisgraph.document;

/** Checks the characters of texts, ids and names. */
public final class AllowedCharacters {

  private AllowedCharacters() {}

  /** Whether a text has nothing but white space, control and format characters. */
  static boolean isBlank(String text) {
    return text.codePoints().allMatch(AllowedCharacters::isInvisible);
  }

  /** Whether a character is white space by Unicode, including no-break spaces. */
  public static boolean isSpace(int character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  /** The index of the first NUL or unpaired surrogate, which no database column holds, or -1. */
  public static int firstInvalid(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return i;
      }
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  /**
   * Throws if {@link #firstInvalid} finds a character.
   *
   * @param what names the text in the message
   */
  static void check(String what, String text) throws ReadException {
    int invalid = firstInvalid(text);
    if (invalid >= 0) {
      String kind = text.charAt(invalid) == 0 ? "a NUL" : "half of a surrogate pair";
      throw new ReadException(
          ReadFailure.INVALID_CHARACTERS,
          what + " has " + kind + " at character " + invalid + " (counted from 0)");
    }
  }

  /** The text with its control characters and surrogates spelt out. */
  public static String visible(String text) {
    StringBuilder visible = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || Character.isSurrogate(c)) {
        visible.append(String.format("\\u%04x", (int) c));
      } else {
        visible.append(c);
      }
    }
    return visible.toString();
  }

  private static boolean isInvisible(int character) {
    return isSpace(character)
        || Character.isISOControl(character)
        || Character.getType(character) == Character.FORMAT;
  }
}

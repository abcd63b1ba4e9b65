package org.irisgraph.document;

/** Which characters a text may have. */
public final class AllowedCharacters {

  private AllowedCharacters() {}

  /** Whether there is nothing to see: white space, control and format characters only. */
  static boolean isBlank(String text) {
    return text == null || text.codePoints().allMatch(AllowedCharacters::isInvisible);
  }

  /** White space in the broad sense of Unicode, the no-break spaces among it. */
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
   * Refuses what {@link #firstInvalid} finds.
   *
   * @param what what the text is, for the message
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

package org.irisgraph.text;

/** Classes of characters. */
public final class CharacterClasses {

  private static final int COMBINING_GRAPHEME_JOINER = 0x034F;
  private static final int ARABIC_LETTER_MARK = 0x061C;

  private static final boolean[] ASCII_WORD_PARTS = new boolean[128];

  static {
    for (int i = 0; i < ASCII_WORD_PARTS.length; i++) {
      ASCII_WORD_PARTS[i] = Character.isLetterOrDigit(i);
    }
  }

  private CharacterClasses() {}

  /** Includes no-break spaces, unlike {@link Character#isWhitespace}. */
  public static boolean isWhiteSpace(int character) {
    return character == ' '
        || Character.isWhitespace(character)
        || (character >= 128 && Character.isSpaceChar(character));
  }

  /** Includes all dashes, which print uses as hyphens, and the minus sign. */
  public static boolean isHyphen(int character) {
    return character == '-'
        || (character >= 128
            && (Character.getType(character) == Character.DASH_PUNCTUATION
                || character == '\u2043'
                || character == '\u2212'));
  }

  /** Includes single quotation marks, primes and accents without a letter. */
  public static boolean isApostrophe(int character) {
    return switch (character) {
      case '\'',
          '`',
          0xB4,
          0x02B9,
          0x02BB,
          0x02BC,
          0x02C8,
          0x2018,
          0x2019,
          0x201A,
          0x201B,
          0x2032,
          0x2035,
          0xFF07,
          0xFF40 ->
          true;
      default -> false;
    };
  }

  /** Includes guillemets and the double prime. */
  public static boolean isQuote(int character) {
    return switch (character) {
      case '"',
          0xAB,
          0xBB,
          0x201C,
          0x201D,
          0x201E,
          0x201F,
          0x2033,
          0x2036,
          0x301D,
          0x301E,
          0x301F,
          0xFF02 ->
          true;
      default -> false;
    };
  }

  /**
   * Whether a reader never sees a character: soft hyphens, zero-width characters, marks of writing
   * direction, selectors of variants. Format characters that are printed, as Arabic's number sign,
   * are not among them.
   */
  public static boolean isInvisible(int character) {
    if (character < 128) {
      return false;
    }
    return switch (Character.getType(character)) {
      case Character.FORMAT ->
          character < 0x0600 || character == ARABIC_LETTER_MARK || isFormat(character);
      case Character.NON_SPACING_MARK ->
          character == COMBINING_GRAPHEME_JOINER
              || (character >= 0xFE00 && character <= 0xFE0F)
              || (character >= 0xE0100 && character <= 0xE01EF);
      case Character.OTHER_LETTER ->
          character == 0x115F || character == 0x1160 || character == 0x3164 || character == 0xFFA0;
      default -> false;
    };
  }

  private static boolean isFormat(int character) {
    return character == 0x180E
        || (character >= 0x200B && character <= 0xFEFF)
        || character >= 0xE0000;
  }

  /** Whether a character is part of the one before it: a mark, or the rest of a Korean syllable. */
  public static boolean isContinuing(int character) {
    if (character < 0x0300) {
      return false;
    }
    return isMark(character)
        || (character >= 0x1161 && character <= 0x11FF)
        || character == 0xFF9E
        || character == 0xFF9F;
  }

  /** Whether a character is a letter, a digit or a mark on one. */
  public static boolean isWordPart(int character) {
    if (character < ASCII_WORD_PARTS.length) {
      return ASCII_WORD_PARTS[character];
    }
    return Character.isLetterOrDigit(character) || isMark(character);
  }

  private static boolean isMark(int character) {
    int type = Character.getType(character);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }
}

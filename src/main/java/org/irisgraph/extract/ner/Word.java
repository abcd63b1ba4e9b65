package org.irisgraph.extract.ner;

import java.util.Locale;

/**
 * What is known of a word from its letters alone.
 *
 * @param text as it is written
 * @param lower in lower case
 * @param lowerHash of {@code lower}
 * @param nameHash as lexicons have it: of {@code text} if it is an acronym, else of {@code lower}
 * @param shapeHash of its shape: {@code Xx} for Naloxone, {@code xX} for mRNA, {@code 0} for 100
 * @param suffixHash of its last three characters, in lower case
 */
record Word(
    String text, String lower, long lowerHash, long nameHash, long shapeHash, long suffixHash) {

  /** Capitals in a row of more letters are a word in a heading. */
  private static final int LONGEST_ACRONYM = 4;

  private static final int SUFFIX = 3;

  static Word of(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    long lowerHash = FeatureHash.of(lower);
    return new Word(
        text,
        lower,
        lowerHash,
        isAcronym(text) ? FeatureHash.of(text) : lowerHash,
        FeatureHash.of(shape(text, 1)),
        FeatureHash.of(lower, Math.max(0, lower.length() - SUFFIX), lower.length()));
  }

  /**
   * As lexicons have it: acronyms as they are, {@code ALL} is no {@code all}; the rest in lower
   * case.
   */
  String name() {
    return isAcronym(text) ? text : lower;
  }

  private static boolean isAcronym(String text) {
    return text.length() > 1 && text.length() <= LONGEST_ACRONYM && isCapitals(text);
  }

  boolean isLetters() {
    return Character.isLetter(text.codePointAt(0));
  }

  /** Whether there is a letter, and none in lower case. */
  boolean isCapitals() {
    return isCapitals(text);
  }

  private static boolean isCapitals(String text) {
    boolean letter = false;
    for (int at = 0; at < text.length(); at++) {
      if (Character.isLowerCase(text.charAt(at))) {
        return false;
      }
      letter |= Character.isLetter(text.charAt(at));
    }
    return letter;
  }

  /** The kinds of the characters, of equal ones in a row at most {@code longest}. */
  static String shape(String text, int longest) {
    StringBuilder shape = new StringBuilder();
    char last = 0;
    int run = 0;
    for (int at = 0; at < text.length(); at++) {
      char kind = kind(text.charAt(at));
      run = kind == last ? run + 1 : 1;
      last = kind;
      if (run <= longest) {
        shape.append(kind);
      }
    }
    return shape.toString();
  }

  private static char kind(char character) {
    if (Character.isUpperCase(character)) {
      return 'X';
    }
    if (Character.isLetter(character)) {
      return 'x';
    }
    return Character.isDigit(character) ? '0' : character;
  }
}

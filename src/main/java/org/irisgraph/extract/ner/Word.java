package org.irisgraph.extract.ner;

import java.util.Locale;

/**
 * A word with the hashes of its forms.
 *
 * @param text original spelling
 * @param lower lower-case spelling
 * @param lowerHash hash of {@code lower}
 * @param nameHash hash of {@link #name}
 * @param shapeHash hash of the shape: {@code Xx} for Naloxone, {@code xX} for mRNA, {@code 0} for
 *     100
 * @param suffixHash hash of the last three characters in lower case
 */
record Word(
    String text, String lower, long lowerHash, long nameHash, long shapeHash, long suffixHash) {

  /** Longer words in capitals are part of a heading. */
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
   * Returns the spelling in lexicons: acronyms unchanged ({@code ALL}), other words in lower case.
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

  /** Whether the word has letters, all in upper case. */
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

  /** Whether it begins with a digit; runs of digits are words of their own. */
  boolean startsWithDigit() {
    return Character.isDigit(text.codePointAt(0));
  }

  /** Returns the kinds of the characters, with runs of a kind cut to {@code longest}. */
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

package org.irisgraph.extract;

/**
 * A text in lower case with one space for each run of white space, for comparison with terms. Keeps
 * the original offset of every character. {@code String.toLowerCase} would lose them, since it may
 * change the length of a text (İ).
 *
 * <p>All apostrophes and all hyphens are the same, because publishers print {@code Crohn’s} where
 * dictionaries have {@code Crohn's}. Supplementary characters are not folded.
 */
final class FoldedText implements CharSequence {

  private final char[] characters;
  private final int[] offsets;
  private final int length;

  private FoldedText(char[] characters, int[] offsets, int length) {
    this.characters = characters;
    this.offsets = offsets;
    this.length = length;
  }

  static FoldedText of(CharSequence text) {
    char[] characters = new char[text.length()];
    int[] offsets = new int[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char folded = fold(text.charAt(i));
      if (folded == ' ' && length > 0 && characters[length - 1] == ' ') {
        continue;
      }
      characters[length] = folded;
      offsets[length] = i;
      length++;
    }
    return new FoldedText(characters, offsets, length);
  }

  /** Strips a text and replaces each run of white space in it by one space. */
  static String collapse(CharSequence text) {
    StringBuilder collapsed = new StringBuilder(text.length());
    boolean space = false;
    for (int i = 0; i < text.length(); i++) {
      if (CharacterClasses.isWhiteSpace(text.charAt(i))) {
        space = true;
        continue;
      }
      if (space && collapsed.length() > 0) {
        collapsed.append(' ');
      }
      space = false;
      collapsed.append(text.charAt(i));
    }
    return collapsed.toString();
  }

  /** Original offset of a folded character; for a space the start of its run. */
  int offset(int index) {
    return offsets[index];
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    return characters[index];
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return String.valueOf(characters, start, end - start);
  }

  @Override
  public String toString() {
    return String.valueOf(characters, 0, length);
  }

  private static char fold(char character) {
    if (CharacterClasses.isWhiteSpace(character)) {
      return ' ';
    }
    if (character < 128) {
      return character >= 'A' && character <= 'Z' ? (char) (character + 32) : character;
    }
    if (CharacterClasses.isHyphen(character)) {
      return '-';
    }
    if (CharacterClasses.isApostrophe(character)) {
      return '\'';
    }
    // Upper case first, as in String.equalsIgnoreCase, since ς and σ differ only in lower case.
    return Character.toLowerCase(Character.toUpperCase(character));
  }
}

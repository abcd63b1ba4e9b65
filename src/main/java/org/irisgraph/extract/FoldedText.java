package org.irisgraph.extract;

/**
 * A text as the dictionary compares it: every character folded by itself, every run of white space
 * one space. Each folded character knows its place in the text, so that no folding shifts an
 * offset; {@code String.toLowerCase} would, because it may change the length of a text (İ).
 *
 * <p>Apostrophes and hyphens have one form each, because publishers set {@code Crohn’s} where
 * dictionaries have {@code Crohn's}. Characters outside the basic plane stay as they are.
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

  /** The text without white space at its ends, each run of it inside replaced by one space. */
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

  /** Where the folded character stands in the text; of a run of white space, its first. */
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
    // Both ways, as String.equalsIgnoreCase does: ς and σ differ in lower case alone.
    return Character.toLowerCase(Character.toUpperCase(character));
  }
}

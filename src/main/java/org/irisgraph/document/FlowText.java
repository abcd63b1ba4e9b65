package org.irisgraph.document;

/**
 * Builds a text from characters and the gaps between them: of all gaps requested between two
 * characters the widest is written, and none at the beginning or the end.
 */
public final class FlowText {

  /** Separators between two characters, the narrowest first. */
  public enum Gap {
    NONE(""),
    SPACE(" "),
    LINE("\n"),
    CELL(" | "),
    BLOCK("\n\n");

    private final String text;

    Gap(String text) {
      this.text = text;
    }
  }

  private final StringBuilder text = new StringBuilder();
  private Gap gap = Gap.NONE;

  /** Requests a gap before the next character. */
  public void widen(Gap wanted) {
    if (wanted.compareTo(gap) > 0) {
      gap = wanted;
    }
  }

  /** Writes the requested gap and a character. */
  public void append(char c) {
    if (!text.isEmpty()) {
      text.append(gap.text);
    }
    gap = Gap.NONE;
    text.append(c);
  }

  /** The gap requested since the last character. */
  public Gap gap() {
    return gap;
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** The number of characters written. */
  public int length() {
    return text.length();
  }

  /** The last character written. */
  public char last() {
    return text.charAt(text.length() - 1);
  }

  /** The text with a space for each gap between blocks. */
  public String line() {
    return text.toString().replace(Gap.BLOCK.text, Gap.SPACE.text);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

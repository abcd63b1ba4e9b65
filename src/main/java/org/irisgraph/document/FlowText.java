package org.irisgraph.document;

/**
 * Text that is put together from pieces with gaps between them: of all gaps asked for between two
 * characters the widest is written, and none before the first character and after the last.
 */
public final class FlowText {

  /** What may stand between two characters, the narrowest first. */
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

  /** Asks for a gap before the next character. */
  public void widen(Gap wanted) {
    if (wanted.compareTo(gap) > 0) {
      gap = wanted;
    }
  }

  /** Writes a character behind the gap asked for. */
  public void append(char c) {
    if (!text.isEmpty()) {
      text.append(gap.text);
    }
    gap = Gap.NONE;
    text.append(c);
  }

  /** The gap asked for since the last character. */
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

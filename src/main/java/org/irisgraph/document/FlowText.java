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

  /** Marks where a word may be divided; invisible elsewhere. */
  private static final char SOFT_HYPHEN = '\u00AD';

  private final StringBuilder text = new StringBuilder();
  private Gap gap = Gap.NONE;
  private boolean softHyphen;
  private int rowStart = -1;
  private boolean inCellStart;

  /** Requests a gap before the next character. */
  public void widen(Gap wanted) {
    if (!inCellStart && wanted.compareTo(gap) > 0) {
      gap = wanted;
    }
  }

  /** Begins a row of a table, which is a block. */
  public void beginRow() {
    inCellStart = false;
    widen(Gap.BLOCK);
    rowStart = text.length();
  }

  /** Begins a cell: blocks at its edges do not divide the row. */
  public void beginCell() {
    if (text.length() > rowStart) {
      gap = Gap.CELL;
    }
    inCellStart = true;
  }

  /** Ends a row. */
  public void endRow() {
    inCellStart = false;
    widen(Gap.BLOCK);
  }

  /** Writes the requested gap and a character; soft hyphens leave no trace. */
  public void append(char c) {
    if (c == SOFT_HYPHEN) {
      softHyphen = true;
      return;
    }
    if (softHyphen && gap == Gap.LINE) {
      gap = Gap.NONE;
    }
    softHyphen = false;
    inCellStart = false;
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

  /** The last characters, if the next one follows them without a gap; else empty. */
  public CharSequence tail(int length) {
    return gap == Gap.NONE ? text.substring(Math.max(0, text.length() - length)) : "";
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

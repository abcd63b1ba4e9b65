package org.irisgraph.extract;

import java.util.ArrayList;
import java.util.List;
import org.irisgraph.text.CharacterClasses;

/**
 * Where no name goes on: at the end of a paragraph, which is a blank line, and at the bar between
 * the cells of a table's row, which the readers of tables write.
 */
public final class NameBreaks {

  private static final char CELL = '|';

  private NameBreaks() {}

  /** Whether a name from one character to another would go on over a break. */
  static boolean isWithin(CharSequence text, int start, int end) {
    for (int at = start; at < end; at++) {
      char character = text.charAt(at);
      if ((character == '\n' || character == '\u2029' || character == CELL)
          && parts(text, start, end).size() > 1) {
        return true;
      }
    }
    return false;
  }

  /** Divides the characters from one to another at the breaks; no part is empty. */
  public static List<Span> parts(CharSequence text, int start, int end) {
    List<Span> parts = new ArrayList<>();
    int part = start;
    int at = start;
    while (at < end) {
      int next = skipGap(text, at, end);
      if (next > at && isBreak(text, at, next)) {
        if (at > part) {
          parts.add(new Span(part, at));
        }
        part = next;
      }
      at = Math.max(at + 1, next);
    }
    if (end > part) {
      parts.add(new Span(part, end));
    }
    return parts;
  }

  private static int skipGap(CharSequence text, int start, int end) {
    int at = start;
    while (at < end
        && (CharacterClasses.isWhiteSpace(text.charAt(at)) || text.charAt(at) == CELL)) {
      at++;
    }
    return at;
  }

  /** A bar counts only between white space: {@code P(A|B)} is one expression. */
  private static boolean isBreak(CharSequence text, int start, int end) {
    int lineEnds = 0;
    boolean bar = false;
    for (int at = start; at < end; at++) {
      switch (text.charAt(at)) {
        case '\n' -> lineEnds++;
        case '\u2029' -> lineEnds += 2;
        case CELL -> bar = true;
        default -> {}
      }
    }
    return lineEnds > 1 || (bar && text.charAt(start) != CELL && text.charAt(end - 1) != CELL);
  }
}

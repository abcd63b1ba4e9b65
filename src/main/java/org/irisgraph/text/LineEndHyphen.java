package org.irisgraph.text;

import java.util.BitSet;
import java.util.List;

/**
 * A word that is divided at the end of a line, as in PDF and plain text: a letter or digit, a
 * hyphen, one line break with any spaces around it, and a letter or digit; invisible characters
 * between them do not matter. Whether the hyphen belongs to the word ({@code graft-versus-host}) or
 * not ({@code inflam-matory}) cannot be decided from the place.
 */
final class LineEndHyphen {

  private static final char SOFT_HYPHEN = '\u00AD';

  /** A longer name is not divided twice in different ways. */
  private static final int LONGEST_NAME = 300;

  /**
   * More spaces and invisible characters than any divided word has. Without a limit, a long run of
   * soft hyphens would be walked through from each of them.
   */
  private static final int LONGEST_GAP = 100;

  private LineEndHyphen() {}

  /**
   * The index at which the word goes on if it is divided at this character, else -1.
   *
   * @param hyphen the index of any character
   */
  static int next(CharSequence text, int hyphen) {
    if (!isLineHyphen(text.charAt(hyphen))
        || !CharacterClasses.isWordPart(visibleBefore(text, hyphen))) {
      return -1;
    }
    int at = hyphen + 1;
    int lines = 0;
    while (at < text.length() && at - hyphen <= LONGEST_GAP && isPassed(text.charAt(at))) {
      lines += text.charAt(at) == '\n' ? 1 : 0;
      at++;
    }
    return lines == 1
            && at < text.length()
            && Character.isLetterOrDigit(Character.codePointAt(text, at))
        ? at
        : -1;
  }

  /** The index of the hyphen, other than a soft one, if a word goes on at this index, else -1. */
  static int before(CharSequence text, int index) {
    int at = index - 1;
    while (at > 0 && index - at <= LONGEST_GAP && isPassed(text.charAt(at))) {
      at--;
    }
    return at > 0 && next(text, at) == index ? at : -1;
  }

  /** Whether the hyphen may have been put in where the word was divided. */
  static boolean mayBeJoined(CharSequence text, int hyphen, int next) {
    return text.charAt(hyphen) == SOFT_HYPHEN
        || (!Character.isDigit(visibleBefore(text, hyphen))
            && Character.isLowerCase(Character.codePointAt(text, next)));
  }

  /** The indices of the hyphens of a text that may or may not belong to their words. */
  static BitSet optional(CharSequence text) {
    BitSet optional = new BitSet();
    for (int at = 1; at < text.length(); at++) {
      if (text.charAt(at) != SOFT_HYPHEN && isLineHyphen(text.charAt(at))) {
        int next = next(text, at);
        optional.set(at, next > 0 && mayBeJoined(text, at, next));
      }
    }
    return optional;
  }

  /**
   * The ways to read a text, each as the indices of the optional hyphens that it keeps: none; all;
   * and, if two are so close that one name may have both, every other one.
   */
  static List<BitSet> readings(CharSequence text) {
    BitSet all = optional(text);
    if (all.isEmpty()) {
      return List.of(all);
    }
    BitSet even = new BitSet();
    BitSet odd = new BitSet();
    boolean isEven = true;
    boolean near = false;
    int previous = -1;
    for (int at = all.nextSetBit(0); at >= 0; at = all.nextSetBit(at + 1)) {
      near |= previous >= 0 && at - previous <= LONGEST_NAME;
      (isEven ? even : odd).set(at);
      isEven = !isEven;
      previous = at;
    }
    return near ? List.of(new BitSet(), all, even, odd) : List.of(new BitSet(), all);
  }

  private static boolean isLineHyphen(char character) {
    return character == '-' || character == '\u2010' || character == SOFT_HYPHEN;
  }

  /** The last visible character near before an index, a space if there is none. */
  private static int visibleBefore(CharSequence text, int index) {
    int at = index;
    while (at > 0 && index - at < LONGEST_GAP) {
      int character = Character.codePointBefore(text, at);
      if (!CharacterClasses.isInvisible(character)) {
        return character;
      }
      at -= Character.charCount(character);
    }
    return ' ';
  }

  private static boolean isPassed(char character) {
    return character == ' '
        || character == '\t'
        || character == '\r'
        || character == '\n'
        || CharacterClasses.isInvisible(character);
  }
}

package org.irisgraph.text;

import org.irisgraph.text.FoldedText.LineEnds;

/** How a name in a text is written down: without what belongs to the page and not to the name. */
public final class Spelling {

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private Spelling() {}

  /**
   * A name without invisible characters and with the words that are divided at a line's end in one
   * piece. Joiners stay in the scripts whose spelling has them. Everything else is as in the text.
   */
  public static String of(String name) {
    return of(name, LineEnds.JOINED);
  }

  /**
   * The same; of the ways to join a divided word, the one that a known spelling of the name has.
   */
  public static String like(String known, String name) {
    String joined = of(name);
    return FoldedText.name(joined).equals(FoldedText.name(known))
        ? joined
        : of(name, LineEnds.HYPHENATED);
  }

  private static String of(String name, LineEnds lineEnds) {
    if (isPlain(name)) {
      return name;
    }
    StringBuilder spelling = new StringBuilder(name.length());
    int at = 0;
    while (at < name.length()) {
      int character = name.codePointAt(at);
      int continued = LineEndHyphen.next(name, at);
      if (continued > 0) {
        boolean kept =
            LineEndHyphen.mayBeKept(name, at)
                && (lineEnds == LineEnds.HYPHENATED
                    || !LineEndHyphen.mayBeJoined(name, at, continued));
        spelling.append(kept ? "-" : "");
        at = continued;
      } else {
        if (!CharacterClasses.isInvisible(character) || isSpelt(name, at, character)) {
          spelling.appendCodePoint(character);
        }
        at += Character.charCount(character);
      }
    }
    return spelling.toString();
  }

  private static boolean isPlain(String name) {
    return name.codePoints().noneMatch(c -> c == '\n' || CharacterClasses.isInvisible(c));
  }

  /** Selectors of variants and joiners: of an emoji, say, or between Persian letters. */
  private static boolean isSpelt(String name, int at, int character) {
    boolean joiner = character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER;
    return Character.getType(character) == Character.NON_SPACING_MARK
        || (joiner && at > 0 && ScriptRules.hasJoiners(name.codePointBefore(at)));
  }
}

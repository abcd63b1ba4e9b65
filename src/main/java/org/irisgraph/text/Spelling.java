package org.irisgraph.text;

import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A text as it is written down: without what belongs to the page and not to the words. Invisible
 * characters are left out, and the words that are divided at a line's end are in one piece. Joiners
 * stay in the scripts whose spelling has them. Everything else is as in the text. Keeps the
 * original offset of every character.
 */
public final class Spelling {

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private final String written;

  /** Of each character; null if they are the same. */
  private final int @Nullable [] offsets;

  private Spelling(String written, int @Nullable [] offsets) {
    this.written = written;
    this.offsets = offsets;
  }

  /** A name as it is written down. */
  public static String of(String name) {
    return of(name, 0, name.length(), hyphen -> false).written;
  }

  /** The same; of the ways to join a divided word, the one that a known name has. */
  public static String like(String known, String name) {
    List<Spelling> variants = variants(name);
    String folded = variants.size() == 1 ? "" : FoldedText.name(known);
    return variants.stream()
        .map(Spelling::toString)
        .filter(spelling -> FoldedText.name(spelling).equals(folded))
        .findFirst()
        .orElse(variants.get(0).written);
  }

  /** A text in the ways to join its divided words, see {@link LineEndHyphen#readings}. */
  public static List<Spelling> variants(String text) {
    return LineEndHyphen.readings(text).stream()
        .map(kept -> of(text, 0, text.length(), kept::get))
        .toList();
  }

  /**
   * A part of a text.
   *
   * @param kept whether an optional hyphen at an index belongs to its word
   */
  static Spelling of(CharSequence text, int start, int end, IntPredicate kept) {
    if (isPlain(text, start, end)) {
      return new Spelling(text.subSequence(start, end).toString(), null);
    }
    StringBuilder spelling = new StringBuilder(end - start);
    int[] offsets = new int[end - start];
    int at = start;
    while (at < end) {
      int character = Character.codePointAt(text, at);
      int continued = at == start ? -1 : LineEndHyphen.next(text, at);
      int next = continued > 0 ? continued : at + Character.charCount(character);
      boolean isWritten =
          continued > 0
              ? kept.test(at) || !LineEndHyphen.mayBeJoined(text, at, continued)
              : !CharacterClasses.isInvisible(character) || isSpelt(text, at, character);
      if (isWritten) {
        for (int i = 0; i < Character.charCount(character); i++) {
          offsets[spelling.length() + i] = at + i;
        }
        spelling.appendCodePoint(character);
      }
      at = next;
    }
    return new Spelling(spelling.toString(), offsets);
  }

  private static boolean isPlain(CharSequence text, int start, int end) {
    for (int at = start; at < end; at++) {
      char character = text.charAt(at);
      if (character == '\n'
          || (character >= 128 && CharacterClasses.isInvisible(Character.codePointAt(text, at)))) {
        return false;
      }
    }
    return true;
  }

  /** Selectors of variants and joiners: of an emoji, say, or between Persian letters. */
  private static boolean isSpelt(CharSequence text, int at, int character) {
    boolean joiner = character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER;
    return Character.getType(character) == Character.NON_SPACING_MARK
        || (joiner && at > 0 && ScriptRules.hasJoiners(Character.codePointBefore(text, at)));
  }

  /** The original offset of a character. */
  public int start(int index) {
    return offsets == null ? index : offsets[index];
  }

  /** The text as it is written down. */
  @Override
  public String toString() {
    return written;
  }
}

package org.irisgraph.text;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A text in the form in which names are compared: each character folded ({@link CharacterFolding}),
 * one space for each run of white space, a line feed for a blank line, which ends a name, and words
 * that are divided at the end of a line in one piece. Keeps the original offset of every character,
 * so that a match is located in the stored text.
 */
public final class FoldedText implements CharSequence {

  /** The first character that may be part of the one before it. */
  private static final char FIRST_CONTINUING = '\u0300';

  private final CharSequence text;
  private final BitSet kept;
  private final boolean greekNames;
  private final char[] folded;
  private int[] offsets;

  private FoldedText(CharSequence text, BitSet kept, boolean greekNames) {
    this.text = text;
    this.kept = kept;
    this.greekNames = greekNames;
    this.offsets = new int[text.length()];
    StringBuilder characters = new StringBuilder(text.length());
    fold(characters);
    this.folded = new char[characters.length()];
    characters.getChars(0, folded.length, folded, 0);
  }

  /** A text with the words that are divided at a line's end joined. */
  public static FoldedText of(CharSequence text) {
    return new FoldedText(text, new BitSet(), false);
  }

  /**
   * A text with all hyphens that line ends divide words at, see {@link #isOptional}.
   *
   * @param greekNames whether Greek letters become their names
   */
  public static FoldedText hyphenated(CharSequence text, boolean greekNames) {
    return new FoldedText(text, LineEndHyphen.optional(text), greekNames);
  }

  /** A text in every way to join its divided words, see {@link LineEndHyphen#readings}. */
  public static List<FoldedText> variants(CharSequence text) {
    return LineEndHyphen.readings(text).stream()
        .map(kept -> new FoldedText(text, kept, false))
        .toList();
  }

  /** What two spellings of one name have in common: folded, without white space at the ends. */
  public static String name(CharSequence name) {
    return of(name).toString().strip();
  }

  /** The same, with the names of Greek letters for the letters if asked for. */
  public static String name(CharSequence name, boolean greekNames) {
    return new FoldedText(name, new BitSet(), greekNames).toString().strip();
  }

  /**
   * A word as a reader sees it, in the case it has: folded in everything else, and in one piece if
   * it is divided at a line's end.
   */
  public static String spelling(String word) {
    return spelling(word, false);
  }

  /** The same, with the names of Greek letters for the letters if asked for. */
  public static String spelling(String word, boolean greekNames) {
    String whole = Spelling.of(word);
    if (whole.chars().allMatch(character -> character < 128 && character != '`')) {
      return whole;
    }
    String spelling = CharacterFolding.spelling(whole);
    return greekNames ? CharacterFolding.withGreekNames(spelling) : spelling;
  }

  /**
   * The index at which a word goes on if a line's end divides it here and its hyphen may be left
   * out, else -1.
   */
  public static int joinedAt(CharSequence text, int hyphen) {
    int next = LineEndHyphen.next(text, hyphen);
    return next > 0 && LineEndHyphen.mayBeJoined(text, hyphen, next) ? next : -1;
  }

  /** Strips a text and replaces each run of white space in it by one space. */
  public static String collapse(CharSequence text) {
    StringBuilder collapsed = new StringBuilder(text.length());
    boolean space = false;
    for (int i = 0; i < text.length(); i++) {
      if (CharacterClasses.isWhiteSpace(text.charAt(i))) {
        space = true;
        continue;
      }
      if (space && !collapsed.isEmpty()) {
        collapsed.append(' ');
      }
      space = false;
      collapsed.append(text.charAt(i));
    }
    return collapsed.toString();
  }

  private void fold(StringBuilder characters) {
    int at = 0;
    while (at < text.length()) {
      char character = text.charAt(at);
      int next = at + 1;
      if (character < 128
          && (character <= ' ' || next == text.length() || text.charAt(next) < FIRST_CONTINUING)
          && character != '-'
          && character != '`') {
        put(characters, ascii(character), at);
        at = next;
      } else {
        at = foldCluster(characters, at);
      }
    }
  }

  private static char ascii(char character) {
    if (character >= 'A' && character <= 'Z') {
      return (char) (character + 32);
    }
    return CharacterClasses.isWhiteSpace(character) ? ' ' : character;
  }

  /** Folds a character with its marks, or passes the end of a line within a word. */
  private int foldCluster(StringBuilder characters, int start) {
    int continued = LineEndHyphen.next(text, start);
    if (continued > 0) {
      if (kept.get(start) || !LineEndHyphen.mayBeJoined(text, start, continued)) {
        put(characters, '-', start);
      }
      return continued;
    }
    int end = clusterEnd(start);
    String cluster = CharacterFolding.fold(text.subSequence(start, end).toString());
    for (int i = 0; i < cluster.length(); i++) {
      char character = cluster.charAt(i);
      String name = greekNames ? CharacterFolding.greekName(character) : null;
      if (name == null) {
        put(characters, character, start);
      } else {
        name.chars().forEach(letter -> put(characters, (char) letter, start));
      }
    }
    return end;
  }

  private int clusterEnd(int start) {
    int first = Character.codePointAt(text, start);
    int end = start + Character.charCount(first);
    if (CharacterClasses.isWhiteSpace(first)) {
      return end;
    }
    while (end < text.length() && text.charAt(end) >= FIRST_CONTINUING) {
      int character = Character.codePointAt(text, end);
      if (!CharacterClasses.isContinuing(character)) {
        break;
      }
      end += Character.charCount(character);
    }
    return end;
  }

  private void put(StringBuilder characters, char character, int offset) {
    int length = characters.length();
    if (character == ' ' && length > 0 && isSpace(characters.charAt(length - 1))) {
      if (endsParagraph(offsets[length - 1], offset)) {
        characters.setCharAt(length - 1, '\n');
      }
      return;
    }
    if (length == offsets.length) {
      offsets = Arrays.copyOf(offsets, length + length / 2 + 16);
    }
    offsets[length] = offset;
    characters.append(character);
  }

  private static boolean isSpace(char folded) {
    return folded == ' ' || folded == '\n';
  }

  /** Whether the line feed at an index is not the first since the start of its white space. */
  private boolean endsParagraph(int start, int index) {
    if (text.charAt(index) != '\n') {
      return false;
    }
    for (int at = index - 1; at >= start; at--) {
      if (text.charAt(at) == '\n') {
        return true;
      }
    }
    return false;
  }

  /** The original offset of a folded character; for a space the start of its run. */
  public int start(int index) {
    return offsets[index];
  }

  /** The original offset after a folded character, which is not a space, and its marks. */
  public int end(int index) {
    return clusterEnd(offsets[index]);
  }

  /** Whether a folded character is a hyphen at a line's end that may not belong to its word. */
  public boolean isOptional(int index) {
    return kept.get(offsets[index]);
  }

  /**
   * The characters from one to another as the text has them, in one piece where the end of a line
   * divides a word.
   *
   * @param dropped whether an optional hyphen with this original offset is left out
   */
  public String written(int first, int last, IntPredicate dropped) {
    return Spelling.of(
            text, start(first), end(last), hyphen -> kept.get(hyphen) && !dropped.test(hyphen))
        .toString();
  }

  /** Whether a folded character is the first of those that one character became. */
  public boolean startsCharacter(int index) {
    return index == 0 || offsets[index - 1] != offsets[index];
  }

  /** Whether a folded character is the last of those that one character became. */
  public boolean endsCharacter(int index) {
    return index == folded.length - 1 || offsets[index + 1] != offsets[index];
  }

  @Override
  public int length() {
    return folded.length;
  }

  @Override
  public char charAt(int index) {
    return folded[index];
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return String.valueOf(folded, start, end - start);
  }

  @Override
  public String toString() {
    return String.valueOf(folded);
  }
}

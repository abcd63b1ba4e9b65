package org.irisgraph.text;

import java.util.Arrays;
import java.util.List;

/**
 * A text as names in it are compared, whoever compares: each character folded ({@link
 * CharacterFolding}), one space for each run of white space, and words that are divided at the end
 * of a line in one piece. Keeps the original offset of every character, so that what is found is
 * told by its place in the stored text.
 */
public final class FoldedText implements CharSequence {

  /** What becomes of a hyphen at the end of a line, within a word. */
  public enum LineEnds {
    /** It is dropped if the word goes on in lower case: {@code inflam-matory}. */
    JOINED,
    /** It is kept: {@code graft-versus-host}. */
    HYPHENATED
  }

  /** The first character that may be part of the one before it. */
  private static final char FIRST_CONTINUING = '\u0300';

  private final CharSequence text;
  private final LineEnds lineEnds;
  private final boolean greekNames;
  private char[] characters;
  private int[] offsets;
  private int length;
  private boolean ambiguous;

  private FoldedText(CharSequence text, LineEnds lineEnds, boolean greekNames) {
    this.text = text;
    this.lineEnds = lineEnds;
    this.greekNames = greekNames;
    this.characters = new char[text.length()];
    this.offsets = new int[text.length()];
  }

  /** A text with the words that are divided at a line's end joined. */
  public static FoldedText of(CharSequence text) {
    return of(text, LineEnds.JOINED, false);
  }

  /**
   * A text, and again with the hyphens at the ends of lines kept, if it has any that may or may not
   * belong to their word.
   *
   * @param greekNames whether Greek letters become their names
   */
  public static List<FoldedText> variants(CharSequence text, boolean greekNames) {
    FoldedText joined = of(text, LineEnds.JOINED, greekNames);
    return joined.ambiguous
        ? List.of(joined, of(text, LineEnds.HYPHENATED, greekNames))
        : List.of(joined);
  }

  private static FoldedText of(CharSequence text, LineEnds lineEnds, boolean greekNames) {
    FoldedText folded = new FoldedText(text, lineEnds, greekNames);
    folded.fold();
    return folded;
  }

  /** What two spellings of one name have in common: folded, without white space at the ends. */
  public static String name(CharSequence name) {
    return of(name).toString().strip();
  }

  /** The same, with the names of Greek letters for the letters if asked for. */
  public static String name(CharSequence name, boolean greekNames) {
    return of(name, LineEnds.JOINED, greekNames).toString().strip();
  }

  /**
   * A word as a reader sees it, in the case it has: folded in everything else, and in one piece if
   * it is divided at a line's end.
   */
  public static String spelling(String word) {
    String whole = Spelling.of(word);
    return whole.chars().allMatch(character -> character < 128 && character != '`')
        ? whole
        : CharacterFolding.spelling(whole);
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

  private void fold() {
    int at = 0;
    while (at < text.length()) {
      char character = text.charAt(at);
      int next = at + 1;
      if (character < 128
          && (character <= ' ' || next == text.length() || text.charAt(next) < FIRST_CONTINUING)
          && character != '-'
          && character != '`') {
        put(ascii(character), at);
        at = next;
      } else {
        at = foldCluster(at);
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
  private int foldCluster(int start) {
    int continued = LineEndHyphen.next(text, start);
    if (continued > 0) {
      boolean joinable = LineEndHyphen.mayBeJoined(text, start, continued);
      boolean keepable = LineEndHyphen.mayBeKept(text, start);
      ambiguous |= joinable && keepable;
      if (!joinable || (keepable && lineEnds == LineEnds.HYPHENATED)) {
        put('-', start);
      }
      return continued;
    }
    int end = clusterEnd(start);
    String folded = CharacterFolding.fold(text.subSequence(start, end).toString());
    for (int i = 0; i < folded.length(); i++) {
      char character = folded.charAt(i);
      String name = greekNames ? CharacterFolding.greekName(character) : null;
      if (name == null) {
        put(character, start);
      } else {
        name.chars().forEach(letter -> put((char) letter, start));
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

  private void put(char character, int offset) {
    if (character == ' ' && length > 0 && characters[length - 1] == ' ') {
      return;
    }
    if (length == characters.length) {
      int more = length + length / 2 + 16;
      characters = Arrays.copyOf(characters, more);
      offsets = Arrays.copyOf(offsets, more);
    }
    characters[length] = character;
    offsets[length] = offset;
    length++;
  }

  /** The original offset of a folded character; for a space the start of its run. */
  public int start(int index) {
    return offsets[index];
  }

  /** The original offset after a folded character, which is not a space, and its marks. */
  public int end(int index) {
    return clusterEnd(offsets[index]);
  }

  /** Whether a folded character is the first of those that one character became. */
  public boolean startsCharacter(int index) {
    return index == 0 || offsets[index - 1] != offsets[index];
  }

  /** Whether a folded character is the last of those that one character became. */
  public boolean endsCharacter(int index) {
    return index == length - 1 || offsets[index + 1] != offsets[index];
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
}

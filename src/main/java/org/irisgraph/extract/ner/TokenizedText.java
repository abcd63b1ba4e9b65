package org.irisgraph.extract.ner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.text.CharacterClasses;
import org.irisgraph.text.FoldedText;

/**
 * A text tokenized into runs of letters, runs of digits and single symbols. Invisible characters
 * and line ends within a word leave no trace in its features. Tokenizing at white space only would
 * lose a third of the names, which end at hyphens, brackets and slashes.
 */
final class TokenizedText {

  /** The gap before a token: nothing, white space, or a line end. */
  static final int JOINED = 0;

  static final int SPACE = 1;
  static final int LINE_END = 2;

  private final String text;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<Word> words = new ArrayList<>();
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int[] wordOf = new int[64];
  private int[] chunkOf = new int[64];
  private byte[] gaps = new byte[64];
  private int size;

  private TokenizedText(String text) {
    this.text = text;
  }

  static TokenizedText of(String text) {
    TokenizedText tokens = new TokenizedText(text);
    tokens.cut();
    tokens.findChunks();
    return tokens;
  }

  String text() {
    return text;
  }

  int size() {
    return size;
  }

  int start(int token) {
    return starts[token];
  }

  int end(int token) {
    return ends[token];
  }

  /** Number of the token's word; equal words have the same number. */
  int wordOf(int token) {
    return wordOf[token];
  }

  Word word(int token) {
    return words.get(wordOf[token]);
  }

  /** Number of the chunk, the word between white space, that contains the token. */
  int chunkOf(int token) {
    return chunkOf[token];
  }

  /** All words and chunks by number. */
  List<Word> words() {
    return words;
  }

  /** The gap before a token: {@link #JOINED}, {@link #SPACE} or {@link #LINE_END}. */
  int gap(int token) {
    return token == 0 || token >= size ? LINE_END : gaps[token];
  }

  /** Whether there is no gap before a token, and another token is one of these symbols. */
  boolean isJoinedBy(int gap, int token, String symbols) {
    return token >= 0 && token < size && gap(gap) == JOINED && symbols.contains(word(token).text());
  }

  /** Returns the first token that ends after a character; {@code size()} if there is none. */
  int tokenAt(int character) {
    int found = Arrays.binarySearch(starts, 0, size, character);
    if (found >= 0) {
      return found;
    }
    int before = -found - 2;
    return before >= 0 && character < ends[before] ? before : before + 1;
  }

  private void cut() {
    int at = 0;
    byte gap = LINE_END;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      int next = at + Character.charCount(codePoint);
      if (CharacterClasses.isInvisible(codePoint)) {
        at = next;
        continue;
      }
      if (isWhiteSpace(codePoint)) {
        boolean line = codePoint == '\n' || codePoint == '\r' || codePoint == '\u2029';
        gap = (byte) Math.max(gap, line ? LINE_END : SPACE);
      } else {
        if (Character.isLetter(codePoint)) {
          next = runOfLetters(next);
        } else if (Character.isDigit(codePoint)) {
          next = runOfDigits(next);
        }
        add(at, next, gap);
        gap = JOINED;
      }
      at = next;
    }
  }

  private int runOfLetters(int start) {
    int at = start;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      if (!Character.isLetter(codePoint)
          && Character.getType(codePoint) != Character.NON_SPACING_MARK
          && !CharacterClasses.isInvisible(codePoint)) {
        int continued = FoldedText.joinedAt(text, at);
        if (continued < 0) {
          return withoutInvisibleEnd(start, at);
        }
        at = continued;
      } else {
        at += Character.charCount(codePoint);
      }
    }
    return withoutInvisibleEnd(start, at);
  }

  private int withoutInvisibleEnd(int start, int end) {
    int at = end;
    while (at > start && CharacterClasses.isInvisible(text.codePointBefore(at))) {
      at -= Character.charCount(text.codePointBefore(at));
    }
    return at;
  }

  private int runOfDigits(int start) {
    int at = start;
    while (at < text.length() && Character.isDigit(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
  }

  private void add(int start, int end, byte gap) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
      wordOf = Arrays.copyOf(wordOf, size * 2);
      chunkOf = Arrays.copyOf(chunkOf, size * 2);
      gaps = Arrays.copyOf(gaps, size * 2);
    }
    starts[size] = start;
    ends[size] = end;
    wordOf[size] = number(text.substring(start, end));
    gaps[size] = gap;
    size++;
  }

  private void findChunks() {
    int first = 0;
    while (first < size) {
      int end = first + 1;
      while (end < size && gaps[end] == JOINED) {
        end++;
      }
      int chunk =
          end == first + 1 ? wordOf[first] : number(text.substring(starts[first], ends[end - 1]));
      Arrays.fill(chunkOf, first, end, chunk);
      first = end;
    }
  }

  private int number(String word) {
    Integer number = numbers.get(word);
    if (number == null) {
      number = words.size();
      numbers.put(word, number);
      words.add(Word.of(FoldedText.spelling(word)));
    }
    return number;
  }

  private static boolean isWhiteSpace(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }
}

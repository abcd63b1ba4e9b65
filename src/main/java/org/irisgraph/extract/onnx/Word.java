package org.irisgraph.extract.onnx;

import java.util.ArrayList;
import java.util.List;
import org.irisgraph.onnx.Tokenizer.Tokens;
import org.irisgraph.text.CharacterClasses;
import org.irisgraph.text.ScriptRules;

/**
 * A word of a text. Models are trained to label the first token of each, so its label is the
 * word's.
 *
 * @param start the first character
 * @param end the character after the last
 * @param token the number of the first token
 */
record Word(int start, int end, int token) {

  /**
   * Joins the tokens of each word. For some tokenizers a word is all up to the next space; here, as
   * in training data, it ends beside punctuation, too, and in scripts without spaces at each token.
   */
  static List<Word> of(String text, Tokens tokens) {
    List<Word> words = new ArrayList<>();
    int token = 0;
    while (token < tokens.size()) {
      int first = token;
      int start = skipSpace(text, tokens.starts()[token], tokens.ends()[token]);
      int end = trimSpace(text, start, tokens.ends()[token]);
      token++;
      while (token < tokens.size()
          && tokens.words()[token] == tokens.words()[first]
          && (start == end || continues(text, end, tokens.starts()[token]))) {
        start =
            start == end ? skipSpace(text, tokens.starts()[token], tokens.ends()[token]) : start;
        end = Math.max(end, trimSpace(text, start, tokens.ends()[token]));
        token++;
      }
      if (start < end) {
        words.add(new Word(start, skipMarks(text, end), first));
      }
    }
    return words;
  }

  /** Whether a token that begins somewhere continues a word; bytes of a character share it. */
  private static boolean continues(String text, int end, int next) {
    return next < end
        || (next < text.length()
            && skipInvisible(text, end) >= next
            && isJoined(text.codePointBefore(end))
            && isJoined(text.codePointAt(next)));
  }

  private static boolean isJoined(int character) {
    return CharacterClasses.isWordPart(character) && !ScriptRules.isUnspaced(character);
  }

  /** Skips what many tokenizers drop: marks on the letter before, and characters not seen. */
  private static int skipInvisible(String text, int start) {
    int at = start;
    while (at < text.length()
        && (CharacterClasses.isContinuing(text.charAt(at))
            || CharacterClasses.isInvisible(text.charAt(at)))) {
      at++;
    }
    return at;
  }

  private static int skipMarks(String text, int start) {
    int at = start;
    while (at < text.length() && CharacterClasses.isContinuing(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int skipSpace(String text, int start, int end) {
    int at = start;
    while (at < end && CharacterClasses.isWhiteSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int trimSpace(String text, int start, int end) {
    int at = Math.max(start, end);
    while (at > start && CharacterClasses.isWhiteSpace(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }
}

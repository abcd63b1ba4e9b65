package org.irisgraph.extract.ner;

import java.util.List;
import org.irisgraph.graph.Mention;

/**
 * Refuses names that begin or end within a word of letters and digits: {@code ATP} in {@code ATP7B}
 * is another name. In scripts without capitals, names may be beside letters and digits.
 */
final class WordEnds {

  /** In characters; before a number that ends the word, which then is one of a footnote. */
  private static final int SHORTEST_WORD = 4;

  private WordEnds() {}

  /** The mentions without those whose word goes on. */
  static List<Mention> keepWhole(TokenizedText tokens, List<Mention> mentions) {
    return mentions.stream().filter(mention -> isWhole(tokens, mention)).toList();
  }

  private static boolean isWhole(TokenizedText tokens, Mention mention) {
    int first = tokens.tokenAt(mention.start());
    int next = tokens.tokenAt(mention.end());
    return first >= next
        || !(goesOn(tokens, first - 1, first)
            || (goesOn(tokens, next - 1, next) && !isFootnote(tokens, next)));
  }

  /** Whether two tokens are parts of a word. */
  private static boolean goesOn(TokenizedText tokens, int token, int next) {
    return token >= 0
        && next < tokens.size()
        && tokens.gap(next) == TokenizedText.JOINED
        && isOfWord(tokens.text().codePointBefore(tokens.end(token)))
        && isOfWord(tokens.text().codePointAt(tokens.start(next)));
  }

  private static boolean isOfWord(int character) {
    return Character.isDigit(character)
        || Character.isUpperCase(character)
        || Character.isLowerCase(character);
  }

  /** Whether a number follows a word in small letters, as in {@code malignancy12.}. */
  private static boolean isFootnote(TokenizedText tokens, int number) {
    String word = tokens.word(number - 1).text();
    return Character.isDigit(tokens.text().codePointAt(tokens.start(number)))
        && !goesOn(tokens, number, number + 1)
        && word.length() >= SHORTEST_WORD
        && word.chars().allMatch(Character::isLowerCase);
  }
}

package org.irisgraph.extract.ner;

import java.util.Set;
import org.irisgraph.extract.SentenceSplitter;
import org.irisgraph.extract.Span;

/**
 * The places of a text that the names of people, organizations and places never go on over: ends of
 * sentences, and of short lines, which are items of a list, headings or a signature rather than
 * wrapped text.
 */
final class NameBounds {

  /** In characters; wrapped lines are longer. */
  private static final int SHORTEST_WRAPPED = 50;

  /** Shorter words before a full stop are often abbreviations. */
  private static final int SHORTEST_LAST_WORD = 4;

  private static final Set<String> GREETINGS =
      Set.of("dear", "hello", "hey", "hi", "thanks", "regards", "cheers");

  private NameBounds() {}

  /** Returns for each token whether a name may not go on over the gap before it. */
  static boolean[] of(TokenizedText tokens) {
    boolean[] bounds = new boolean[tokens.size()];
    for (Span sentence : SentenceSplitter.split(tokens.text())) {
      int token = tokens.tokenAt(sentence.start());
      if (token > 1 && token < bounds.length && endsSentence(tokens, token - 1)) {
        bounds[token] = true;
      }
    }
    for (int token = 2; token < bounds.length; token++) {
      bounds[token] |= tokens.gap(token) != TokenizedText.JOINED && isLabel(tokens, token - 1);
    }
    int line = 0;
    for (int token = 1; token < bounds.length; token++) {
      if (tokens.gap(token) == TokenizedText.LINE_END) {
        bounds[token] |= tokens.end(token - 1) - tokens.start(line) < SHORTEST_WRAPPED;
        line = token;
      }
    }
    return bounds;
  }

  /** Whether a token ends a label ({@code Date:}) or is a greeting ({@code Dear}). */
  private static boolean isLabel(TokenizedText tokens, int token) {
    Word word = tokens.word(token);
    return (word.text().equals(":") && tokens.gap(token) == TokenizedText.JOINED)
        || GREETINGS.contains(word.lower());
  }

  private static boolean endsSentence(TokenizedText tokens, int last) {
    return !tokens.word(last).text().equals(".")
        || tokens.gap(last) != TokenizedText.JOINED
        || !tokens.word(last - 1).isLetters()
        || tokens.word(last - 1).text().length() >= SHORTEST_LAST_WORD;
  }
}

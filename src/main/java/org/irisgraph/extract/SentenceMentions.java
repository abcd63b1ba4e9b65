package org.irisgraph.extract;

import java.util.List;
import org.irisgraph.graph.Mention;

/** Visits those sentences of a text that have mentions. */
final class SentenceMentions {

  private SentenceMentions() {}

  /** Receives a sentence. */
  interface Visitor {

    /**
     * Receives a sentence and the mentions that start in it.
     *
     * @param first index of the first mention
     * @param end index after the last mention
     */
    void sentence(Span sentence, int first, int end);
  }

  /**
   * Visits the sentences in their order.
   *
   * @param sentences cover the text
   * @param mentions ordered by start
   */
  static void visit(List<Span> sentences, List<Mention> mentions, Visitor visitor) {
    int mention = 0;
    for (Span sentence : sentences) {
      int first = mention;
      while (mention < mentions.size() && mentions.get(mention).start() < sentence.end()) {
        mention++;
      }
      if (mention > first) {
        visitor.sentence(sentence, first, mention);
      }
    }
  }
}

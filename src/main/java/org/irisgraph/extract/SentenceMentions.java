package org.irisgraph.extract;

import java.util.List;
import org.irisgraph.graph.Mention;

/** The sentences of a text that have more than one mention, and which these are. */
final class SentenceMentions {

  private SentenceMentions() {}

  /** Takes a sentence. */
  interface Visitor {

    /**
     * A sentence and its mentions, those that begin in it.
     *
     * @param first the number of the first
     * @param end the number after the last
     */
    void sentence(Span sentence, int first, int end);
  }

  /**
   * Goes through the text once.
   *
   * @param mentions ordered by start
   */
  static void visit(String text, List<Mention> mentions, Visitor visitor) {
    int mention = 0;
    for (Span sentence : SentenceSplitter.split(text)) {
      int first = mention;
      while (mention < mentions.size() && mentions.get(mention).start() < sentence.end()) {
        mention++;
      }
      if (mention - first > 1) {
        visitor.sentence(sentence, first, mention);
      }
    }
  }
}

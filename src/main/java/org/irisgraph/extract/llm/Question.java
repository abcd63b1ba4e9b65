package org.irisgraph.extract.llm;

import org.irisgraph.endpoint.TokenCounter;
import org.irisgraph.extract.Span;

/**
 * A text to send to the model: a document or a chunk of it.
 *
 * @param key cache key of the answer
 * @param tokens length of the text as a JSON string, see {@link TokenCounter}
 * @param isPart whether it is a chunk of a longer document
 */
public record Question(String key, String text, int tokens, boolean isPart) {

  /** A whole document. */
  static Question of(String text, Prompt prompt) {
    return of(text, new Span(0, text.length()), prompt);
  }

  static Question of(String document, Span chunk, Prompt prompt) {
    String text = document.substring(chunk.start(), chunk.end());
    return new Question(
        prompt.key(text), text, TokenCounter.countQuoted(text), text.length() < document.length());
  }

  String id() {
    return Prompt.id(key);
  }

  /** Tokens of a call that the text takes, including its answer. */
  int weight() {
    return Prompt.weight(tokens);
  }
}

package org.irisgraph.extract.llm;

/**
 * A text to send to the model: a document or a chunk of it.
 *
 * @param key cache key of the answer
 * @param tokens length of the text as a JSON string, see {@link TokenCounter}
 */
public record Question(String key, String text, int tokens) {

  static Question of(String text, Prompt prompt) {
    return new Question(prompt.key(text), text, TokenCounter.countQuoted(text));
  }

  String id() {
    return Prompt.id(key);
  }

  /** Tokens of a call that the text takes, including its answer. */
  int weight() {
    return Prompt.weight(tokens);
  }
}

package org.irisgraph.extract.llm;

/**
 * A text that is asked about: a document's, or a chunk of it.
 *
 * @param key under which its answer is known
 * @param tokens as they are counted here
 */
public record Question(String key, String text, int tokens) {

  static Question of(String text, Prompt prompt) {
    return new Question(prompt.key(text), text, TokenCounter.countQuoted(text));
  }

  String id() {
    return Prompt.id(key);
  }

  /** What it takes of a call. */
  int weight() {
    return Prompt.weight(tokens);
  }
}

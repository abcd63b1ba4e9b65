package org.irisgraph.endpoint;

/** What an endpoint does, and what the options of it are called. */
public enum Service {
  /** Answers about texts. */
  LANGUAGE_MODEL("language model", "llm", "LLM", "/chat/completions"),
  /** Gives the vectors of texts. */
  EMBEDDING_MODEL("embedding model", "embedding", "EMBEDDING", "/embeddings");

  private final String label;
  private final String prefix;
  private final String codes;
  private final String path;

  Service(String label, String prefix, String codes, String path) {
    this.label = label;
    this.prefix = prefix;
    this.codes = codes;
    this.path = path;
  }

  /** As in {@code language model}. */
  public String label() {
    return label;
  }

  /** The name of an option, as in {@code llmUrl}. */
  public String option(String name) {
    return prefix + name;
  }

  /** A code for dead letters, as in {@code LLM_TIMEOUT}. */
  public String code(String name) {
    return codes + "_" + name;
  }

  /** The end of its URL. */
  String path() {
    return path;
  }
}

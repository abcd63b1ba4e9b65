package org.irisgraph.endpoint;

/** What an endpoint does, and what the options of it are called. */
public enum Service {
  /** Answers about texts. */
  LANGUAGE_MODEL("language model", "llm", "LLM", "/chat/completions", 8_000_000),
  /** Gives the vectors of texts: of up to 2,048, each with 4,096 numbers of 24 characters. */
  EMBEDDING_MODEL("embedding model", "embedding", "EMBEDDING", "/embeddings", 200_000_000);

  private final String label;
  private final String prefix;
  private final String codes;
  private final String path;
  private final int maxBytes;

  Service(String label, String prefix, String codes, String path, int maxBytes) {
    this.label = label;
    this.prefix = prefix;
    this.codes = codes;
    this.path = path;
    this.maxBytes = maxBytes;
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

  /** More than a response has. */
  int maxBytes() {
    return maxBytes;
  }
}

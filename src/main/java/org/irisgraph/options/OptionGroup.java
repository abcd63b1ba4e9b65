package org.irisgraph.options;

/** The groups in which the help and {@code docs/options.md} show the options, in their order. */
public enum OptionGroup {
  INPUT("Input"),
  EXTRACTION("Extraction"),
  LANGUAGE_MODEL("Language model"),
  EMBEDDING_MODEL("Embedding model"),
  DATABASE("Database"),
  STORING("Storing"),
  INCREMENTAL("Incremental"),
  OUTPUT("Output"),
  RUNNER("Runner");

  private final String title;

  OptionGroup(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}

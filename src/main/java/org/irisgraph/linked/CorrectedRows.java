package org.irisgraph.linked;

/** How many rows differed from those of the documents, and were corrected. */
public record CorrectedRows(
    long nodesWritten,
    long nodesDeleted,
    long edgesWritten,
    long edgesDeleted,
    long sameAsWritten,
    long sameAsDeleted,
    long publishedWritten,
    long publishedDeleted) {

  public static final CorrectedRows NONE = new CorrectedRows(0, 0, 0, 0, 0, 0);

  /** Of a graph that is not published. */
  CorrectedRows(
      long nodesWritten,
      long nodesDeleted,
      long edgesWritten,
      long edgesDeleted,
      long sameAsWritten,
      long sameAsDeleted) {
    this(
        nodesWritten, nodesDeleted, edgesWritten, edgesDeleted, sameAsWritten, sameAsDeleted, 0, 0);
  }

  /** The sum of both. */
  public CorrectedRows plus(CorrectedRows other) {
    return new CorrectedRows(
        nodesWritten + other.nodesWritten,
        nodesDeleted + other.nodesDeleted,
        edgesWritten + other.edgesWritten,
        edgesDeleted + other.edgesDeleted,
        sameAsWritten + other.sameAsWritten,
        sameAsDeleted + other.sameAsDeleted,
        publishedWritten + other.publishedWritten,
        publishedDeleted + other.publishedDeleted);
  }

  /** Whether nothing differed. */
  public boolean isEmpty() {
    return equals(NONE);
  }
}

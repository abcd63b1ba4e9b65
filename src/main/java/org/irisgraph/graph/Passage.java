package org.irisgraph.graph;

import org.jspecify.annotations.Nullable;

/**
 * A part of a document's text, without white space at its ends.
 *
 * @param start its first character, in UTF-16 code units of the document's text
 * @param end the character after its last
 * @param embedding the vector of the part, or null if there is none
 */
public record Passage(int start, int end, @Nullable Embedding embedding) {

  /** The same with the vector of the part. */
  public Passage withEmbedding(Embedding vector) {
    return new Passage(start, end, vector);
  }
}

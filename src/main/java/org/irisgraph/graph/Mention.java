package org.irisgraph.graph;

import java.util.Objects;

/**
 * A place in a text that names an entity.
 *
 * @param text the characters {@code start} to {@code end} of the document's text
 * @param type the entity's type, in capitals, as in {@code DISEASE}
 * @param start the first character, 0-based, in UTF-16 code units
 * @param end the character after the last
 * @param confidence from 0 to 1
 * @param extractor the name of the extractor that found it; if several did, their names with {@link
 *     #EXTRACTOR_SEPARATOR} between them, sorted
 */
public record Mention(
    String text, String type, int start, int end, double confidence, String extractor) {

  /** Separates the names of extractors that found the same mention. */
  public static final String EXTRACTOR_SEPARATOR = ",";

  public Mention {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(extractor, "extractor");
  }

  /** The number of characters. */
  public int length() {
    return end - start;
  }
}

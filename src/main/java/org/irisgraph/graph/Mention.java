package org.irisgraph.graph;

import java.util.Objects;
import org.irisgraph.text.FoldedText;
import org.irisgraph.text.Spelling;
import org.jspecify.annotations.Nullable;

/**
 * A place in a text that names an entity.
 *
 * @param text the characters {@code start} to {@code end} of the document's text
 * @param type the entity's type, in capitals, as in {@code DISEASE}
 * @param start the first character, 0-based, in UTF-16 code units
 * @param end the character after the last
 * @param confidence from 0 to 1
 * @param name how the entity is written: the text without invisible characters, with one space for
 *     any white space, and with words in one piece that a line's end divides
 * @param extractor the name of the extractor that found it; if several did, their names with {@link
 *     #EXTRACTOR_SEPARATOR} between them, sorted
 * @param concept the identifier of what it names in the dictionary's source; null if unknown
 */
public record Mention(
    String text,
    String name,
    String type,
    int start,
    int end,
    double confidence,
    String extractor,
    @Nullable String concept) {

  /** Separates the names of extractors that found the same mention. */
  public static final String EXTRACTOR_SEPARATOR = ",";

  public Mention {
    Objects.requireNonNull(text, "text");
    name = FoldedText.collapse(name);
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(extractor, "extractor");
  }

  /** A mention without a concept, whose name follows from its text. */
  public Mention(
      String text, String type, int start, int end, double confidence, String extractor) {
    this(text, Spelling.of(text), type, start, end, confidence, extractor, null);
  }

  /** The same with another type. */
  public Mention withType(String other) {
    return type.equals(other)
        ? this
        : new Mention(text, name, other, start, end, confidence, extractor, concept);
  }

  /** The number of characters. */
  public int length() {
    return end - start;
  }
}

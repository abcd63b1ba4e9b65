package org.irisgraph.graph;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A document as it was read.
 *
 * @param id unique in the target database, 1 to 255 characters
 * @param origin where it was read
 * @param text exactly the string that entities are extracted from and that is stored, the title
 *     first if there is one; never blank, without NULs and unpaired surrogates
 * @param metadata its other fields, in the source's order; the values are those of JSON (strings,
 *     numbers, booleans, null, lists, maps)
 */
public record Document(
    String id, Origin origin, String text, Map<String, @Nullable Object> metadata) {

  public Document {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(metadata, "metadata");
  }

  /** The same document under another id. */
  public Document withId(String other) {
    return new Document(other, origin, text, metadata);
  }
}

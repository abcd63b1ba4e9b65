package org.irisgraph.graph;

import java.util.Objects;

/**
 * Where a text mentions an entity.
 *
 * @param start the first character, in UTF-16 code units of the document's text
 * @param end the character after the last
 * @param sentence the sentence with the first character
 */
public record MentionPlace(int start, int end, Sentence sentence) {

  public MentionPlace {
    Objects.requireNonNull(sentence, "sentence");
  }
}

package org.irisgraph.extract;

import java.util.Objects;

/**
 * A relation that a text states between two things that it names, as "X was induced by Y" does.
 *
 * @param type as in {@code causes}
 * @param source where the text names the one that has the relation to the other
 * @param target where it names the other
 * @param confidence from 0 to 1
 */
public record StatedRelation(String type, Span source, Span target, double confidence) {

  public StatedRelation {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
  }
}

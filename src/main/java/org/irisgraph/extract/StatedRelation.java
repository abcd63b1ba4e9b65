package org.irisgraph.extract;

import java.util.Objects;

/**
 * A relation that a text states, as in "X was induced by Y".
 *
 * @param type as in {@code causes}
 * @param source span of the source, Y in the example
 * @param target span of the target, X in the example
 * @param confidence from 0 to 1
 */
public record StatedRelation(String type, Span source, Span target, double confidence) {

  public StatedRelation {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
  }
}

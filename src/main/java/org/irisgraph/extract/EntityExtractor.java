package org.irisgraph.extract;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;

/**
 * Finds the mentions of entities in a document. Implementations are deterministic, keep no state
 * between documents and are safe for several threads.
 */
public interface EntityExtractor {

  /** The name that is recorded in {@link Mention#extractor}. */
  String name();

  /** The types of its mentions, in capitals; empty if they are not known beforehand. */
  default Optional<Set<String>> types() {
    return Optional.empty();
  }

  /** Returns the mentions, ordered by start, without overlaps. */
  List<Mention> extract(Document document);
}

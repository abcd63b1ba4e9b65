package org.irisgraph.extract;

import java.util.List;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;

/**
 * Finds the mentions of entities in a document. Implementations are deterministic, keep no state
 * between documents and are safe for several threads.
 */
public interface EntityExtractor {

  /** The name that is recorded in {@link Mention#extractor}. */
  String name();

  /** Returns the mentions, ordered by start, without overlaps. */
  List<Mention> extract(Document document);
}

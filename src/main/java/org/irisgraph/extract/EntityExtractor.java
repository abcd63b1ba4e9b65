package org.irisgraph.extract;

import java.util.List;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;

/**
 * Finds the mentions of entities in a document. Implementations give the same answer for the same
 * text, whatever came before, and may be called by several threads at once.
 */
public interface EntityExtractor {

  /** The name in {@code extractors} and in {@link Mention#extractor}. */
  String name();

  /** The mentions in the document's text, ordered by start, without overlaps. */
  List<Mention> extract(Document document);
}

package org.irisgraph.extract;

import java.util.List;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;

/**
 * Finds relations that a document states. Implementations are deterministic, keep no state between
 * documents and are safe for several threads.
 */
public interface RelationExtractor {

  /**
   * Returns the stated relations in any order. Their spans need not be spans of mentions: a
   * relation connects the entities of the mentions that its spans overlap, and is dropped if there
   * are none.
   *
   * @param mentions mentions in the text, ordered by start, without overlaps
   */
  List<StatedRelation> extract(Document document, List<Mention> mentions);
}

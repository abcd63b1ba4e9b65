package org.irisgraph.extract;

import java.util.List;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;

/**
 * Finds relations that a document states. Implementations give the same answer for the same text
 * and mentions, whatever came before, and may be called by several threads at once.
 */
public interface RelationExtractor {

  /**
   * The relations that the text states, in any order. Their spans need not be those of mentions: a
   * relation holds between the entities of the mentions that its spans touch, and is left out where
   * they touch none.
   *
   * @param mentions what is known to be named in the text, ordered by start, without overlaps
   */
  List<StatedRelation> extract(Document document, List<Mention> mentions);
}

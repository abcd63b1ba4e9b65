package org.irisgraph.extract;

import java.util.Set;
import org.irisgraph.graph.Relationship;
import org.jspecify.annotations.Nullable;

/**
 * How the mentions of a document become its graph.
 *
 * @param maxRelationshipsPerSentence maximum number of pairs that are linked for a sentence, 0 or
 *     more; the closest entities come first
 * @param evidence whether entities have the places of their first mentions and of those that prove
 *     a relationship, and relationships the sentences that state them
 * @param unlinkedTypes types of entities that have no {@value Relationship#CO_OCCURS_WITH}
 * @param passages what texts are divided into; null if they are not
 */
public record GraphRules(
    int maxRelationshipsPerSentence,
    boolean evidence,
    Set<String> unlinkedTypes,
    @Nullable Passages passages) {

  public GraphRules {
    unlinkedTypes = Set.copyOf(unlinkedTypes);
  }

  /** Links all types, and stores no evidence and no passages. */
  public GraphRules(int maxRelationshipsPerSentence) {
    this(maxRelationshipsPerSentence, false, Set.of(), null);
  }
}

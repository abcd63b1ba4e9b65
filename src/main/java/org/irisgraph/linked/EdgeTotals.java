package org.irisgraph.linked;

import java.util.HashSet;
import java.util.Set;
import org.irisgraph.graph.Relationship;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.Row;

/** An edge, summed up from the relationships between entities of its two nodes, in any order. */
final class EdgeTotals {

  private final Ends ends;
  private final Set<String> documents = new HashSet<>();
  private double statements;
  private double confidence;

  EdgeTotals(Ends ends) {
    this.ends = ends;
  }

  /** The identity of an edge. */
  record Ends(String source, String target, String type) {

    /**
     * The ends of a relationship between entities of two nodes; without direction from the smaller
     * key to the larger.
     */
    static Ends of(String source, String target, String type) {
      return type.equals(Relationship.CO_OCCURS_WITH) && source.compareTo(target) > 0
          ? new Ends(target, source, type)
          : new Ends(source, target, type);
    }

    /** The key of the edge's row. */
    String key() {
      return LinkedTables.edgeKey(source, target, type);
    }
  }

  void add(String document, double statementsOfRelationship, double confidenceOfRelationship) {
    documents.add(document);
    statements += statementsOfRelationship;
    confidence = Math.max(confidence, confidenceOfRelationship);
  }

  /** Key, source, target, type, documents, statements, confidence. */
  Row row() {
    return Row.of(
        ends.key(),
        ends.source(),
        ends.target(),
        ends.type(),
        (long) documents.size(),
        Math.round(statements),
        confidence);
  }
}

package org.irisgraph.linked;

import java.util.HashSet;
import java.util.Set;
import org.irisgraph.graph.Relationship;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.Row;

/** An edge, summed up from the relationships between entities of its two nodes, in any order. */
final class EdgeTotals {

  /** Of what is summed up, against the errors of binary fractions. */
  private static final double PRECISION = 1e6;

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

    /** Key, source, target, type, documents, statements, confidence. */
    Row row(long documents, double statements, double confidence) {
      return Row.of(key(), source, target, type, documents, whole(statements), confidence);
    }

    /** Rounds a sum; one of decimal fractions gives the same number in any order. */
    private static long whole(double sum) {
      return Math.round(Math.rint(sum * PRECISION) / PRECISION);
    }
  }

  void add(String document, double statementsOfRelationship, double confidenceOfRelationship) {
    documents.add(document);
    statements += statementsOfRelationship;
    confidence = Math.max(confidence, confidenceOfRelationship);
  }

  /** As {@link Ends#row}. */
  Row row() {
    return ends.row(documents.size(), statements, confidence);
  }
}

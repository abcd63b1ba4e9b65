package org.irisgraph.graphrag;

import java.util.List;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.jdbc.Row;

/**
 * The relationships that lead from an entity of a document to the same entity of another document.
 * They are not the documents' own: they are derived from the nodes of all entities.
 */
public final class SameAs {

  /** Their type, which a document's own relationships and those of other tools may have, too. */
  public static final String TYPE = "same_as";

  /** The columns by which they are recognised. */
  public static final List<String> COLUMNS =
      List.of("relationship_id", "source_entity_id", "target_entity_id", "relationship_type");

  /**
   * The condition by which the other relationships are counted: ids of one document begin alike.
   */
  static final String OTHERS =
      "relationship_type <> '%s' OR relationship_type IS NULL".formatted(TYPE)
          + " OR SUBSTRING(source_entity_id, 1, 15) = SUBSTRING(target_entity_id, 1, 15)";

  private SameAs() {}

  /** Whether a row with the values of {@link #COLUMNS} is one of these. */
  public static boolean isLink(Row row) {
    // Other tools may leave the ends empty.
    return TYPE.equals(row.get(3))
        && row.get(1) instanceof String source
        && row.get(2) instanceof String target
        && GraphIds.isAcrossDocuments(row.text(0), source, target);
  }
}

package org.irisgraph.ask;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;

/**
 * The linked graph for questions about the documents of the same few nodes: the first entities of
 * each are read once and kept. To look up the entities in the documents of each edge took twice as
 * long.
 */
final class HubNodes extends LinkedNodes {

  /** Entities of a node that are kept: of 80 nodes less than 200 MB. */
  private static final int MOST = 10_000;

  private final Map<String, List<Occurrence>> first = new HashMap<>();

  HubNodes(GraphTables tables, LinkedTables linked) {
    super(tables, linked);
  }

  @Override
  public List<Occurrence> occurrences(Connection connection, String key, int most)
      throws SQLException {
    List<Occurrence> known = first.get(key);
    if (known == null) {
      known = super.occurrences(connection, key, MOST);
      first.put(key, known);
    }
    return known.subList(0, Math.min(most, known.size()));
  }

  @Override
  public List<Occurrence> occurrencesIn(
      Connection connection, String key, Collection<String> documents) throws SQLException {
    Set<String> wanted = new HashSet<>(documents);
    return occurrences(connection, key, MOST).stream()
        .filter(occurrence -> wanted.contains(occurrence.documentId()))
        .toList();
  }
}

package org.irisgraph.ask;

import static java.util.stream.Collectors.toSet;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.Dialect;

/**
 * The linked graph for questions about the documents of the same few nodes: the first entities of
 * each are read once and kept. To look up the entities in the documents of each edge took twice as
 * long.
 */
final class HubNodes extends LinkedNodes {

  /** Entities of a node that are kept: of 80 nodes less than 200 MB. */
  private static final int MOST = 10_000;

  private final Map<String, List<Occurrence>> first = new HashMap<>();
  private final Map<String, Set<String>> documents = new HashMap<>();

  HubNodes(GraphTables tables, LinkedTables linked, Dialect dialect) {
    super(tables, linked, dialect);
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
  public List<Occurrence> beside(Connection connection, List<Occurrence> occurrences, String key)
      throws SQLException {
    if (!documents.containsKey(key)) {
      documents.put(
          key,
          occurrences(connection, key, MOST).stream().map(Occurrence::documentId).collect(toSet()));
    }
    Set<String> known = documents.getOrDefault(key, Set.of());
    return occurrences.stream()
        .filter(occurrence -> known.contains(occurrence.documentId()))
        .toList();
  }
}

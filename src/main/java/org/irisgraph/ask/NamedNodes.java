package org.irisgraph.ask;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.InList;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.text.FoldedText;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of a database without a linked graph: the entities with one name, whatever its case. What
 * is counted is in the first {@value #NAMESAKES} entities of a name.
 */
final class NamedNodes implements Nodes {

  private static final int NAMESAKES = 1000;

  private static final List<String> ENTITY =
      List.of("entity_id", "entity_name", "entity_type", "source_doc_id");
  private static final List<String> RELATIONSHIP =
      List.of("relationship_id", "source_entity_id", "target_entity_id", "relationship_type");

  private final GraphTables tables;
  private final Dialect dialect;

  NamedNodes(GraphTables tables, Dialect dialect) {
    this.dialect = dialect;
    this.tables = tables;
  }

  private record Named(String id, String name, @Nullable String type, String document) {}

  private record Edge(String source, String target, String type) {}

  private static String key(String name) {
    return FoldedText.collapse(name).toLowerCase(Locale.ROOT);
  }

  private List<Named> entities(Connection connection, String key) throws SQLException {
    InList names = InList.of(Spellings.of(key)).get(0);
    return named(
        KeyedRows.someWhere(
            connection,
            tables.entities(),
            ENTITY,
            "entity_name IN (%s)".formatted(names.markers()),
            names.parameters(),
            NAMESAKES));
  }

  private static List<Named> named(List<Row> rows) {
    return rows.stream()
        .map(
            row ->
                new Named(
                    row.text(0),
                    row.text(1),
                    (String) row.get(2),
                    GraphIds.documentOf(String.valueOf(row.get(3)), row.text(0))))
        .toList();
  }

  @Override
  public List<GraphNode> named(Connection connection, String name) throws SQLException {
    return List.copyOf(withKeys(connection, List.of(key(name))).values());
  }

  @Override
  public Map<String, GraphNode> withKeys(Connection connection, Collection<String> keys)
      throws SQLException {
    Map<String, GraphNode> nodes = new LinkedHashMap<>();
    for (String key : keys) {
      List<Named> entities = entities(connection, key);
      if (!entities.isEmpty()) {
        nodes.put(
            key,
            new GraphNode(
                key,
                mostFrequent(entities.stream().map(Named::name).toList()),
                mostFrequent(
                    entities.stream().map(entity -> String.valueOf(entity.type())).toList()),
                null,
                entities.stream().map(Named::document).distinct().count(),
                entities.size()));
      }
    }
    return nodes;
  }

  private static String mostFrequent(List<String> values) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    values.forEach(value -> counts.merge(value, 1, Integer::sum));
    return Counts.largestFirst(counts).keySet().iterator().next();
  }

  @Override
  public void edges(Connection connection, Collection<String> keys, Consumer<GraphEdge> edges)
      throws SQLException {
    Map<String, Named> entities = new HashMap<>();
    for (String key : keys) {
      entities(connection, key).forEach(entity -> entities.put(entity.id(), entity));
    }
    Map<String, Row> relationships = new LinkedHashMap<>();
    for (String end : List.of("source_entity_id", "target_entity_id")) {
      for (Row row :
          KeyedRows.select(
              connection,
              tables.relationships(),
              RELATIONSHIP,
              end,
              List.copyOf(entities.keySet()))) {
        relationships.put(row.text(0), row);
      }
    }
    edges(connection, entities, relationships.values(), edges);
  }

  @Override
  public void firstEdges(Connection connection, int most, Consumer<GraphEdge> edges)
      throws SQLException {
    edges(
        connection,
        new HashMap<>(),
        KeyedRows.firstWhere(
            connection,
            dialect,
            tables.relationships(),
            RELATIONSHIP,
            "relationship_id IS NOT NULL ORDER BY relationship_id",
            List.of(),
            most),
        edges);
  }

  /**
   * Gives the edges that relationships make.
   *
   * @param entities those that are known, by id; takes the others
   */
  private void edges(
      Connection connection,
      Map<String, Named> entities,
      Collection<Row> relationships,
      Consumer<GraphEdge> edges)
      throws SQLException {
    Set<String> others = new HashSet<>();
    for (Row row : relationships) {
      others.add(row.text(1));
      others.add(row.text(2));
    }
    others.removeAll(entities.keySet());
    named(KeyedRows.select(connection, tables.entities(), ENTITY, "entity_id", others))
        .forEach(entity -> entities.put(entity.id(), entity));
    Map<Edge, Set<String>> documents = new LinkedHashMap<>();
    for (Row row : relationships) {
      Named source = entities.get(row.text(1));
      Named target = entities.get(row.text(2));
      if (source != null && target != null) {
        Edge edge = new Edge(key(source.name()), key(target.name()), String.valueOf(row.get(3)));
        documents.computeIfAbsent(edge, none -> new HashSet<>()).add(source.document());
      }
    }
    documents.forEach(
        (edge, in) -> {
          if (!edge.source().equals(edge.target())) {
            edges.accept(new GraphEdge(edge.source(), edge.target(), edge.type(), in.size()));
          }
        });
  }

  @Override
  public List<Occurrence> occurrences(Connection connection, String key, int most)
      throws SQLException {
    return entities(connection, key).stream()
        .limit(most)
        .map(entity -> new Occurrence(entity.id(), entity.document()))
        .toList();
  }

  @Override
  public Set<String> entitiesOf(Connection connection, String key, Collection<String> entityIds)
      throws SQLException {
    return named(KeyedRows.select(connection, tables.entities(), ENTITY, "entity_id", entityIds))
        .stream()
        .filter(entity -> key(entity.name()).equals(key))
        .map(Named::id)
        .collect(Collectors.toSet());
  }

  @Override
  public List<String> namesFrom(Connection connection, String first, int most) throws SQLException {
    return KeyedRows.firstWhere(
            connection,
            dialect,
            tables.entities(),
            List.of("entity_name"),
            NearestNames.from("entity_name"),
            List.of(first),
            most)
        .stream()
        .map(row -> row.text(0))
        .toList();
  }
}

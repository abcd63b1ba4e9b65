package org.irisgraph.ask;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.InList;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.StreamedRows;

/** The nodes and edges of the linked graph. */
class LinkedNodes implements Nodes {

  /** Entities with a name of which the nodes are looked up. */
  private static final int NAMESAKES = 1000;

  /** So many nodes have a statement each. */
  private static final int FEW = 10;

  /** So many pairs of nodes, and keys of edges between them, are looked up. */
  private static final int MOST_PAIRS = 1000;

  private static final int MOST_KEYS = 5000;

  private static final List<String> NODE =
      List.of("node_key", "node_name", "node_type", "concept", "documents", "mentions");
  private static final List<String> OCCURRENCE = List.of("entity_id", "document_id");

  private final GraphTables tables;
  private final LinkedTables linked;
  private final Dialect dialect;

  LinkedNodes(GraphTables tables, LinkedTables linked, Dialect dialect) {
    this.dialect = dialect;
    this.tables = tables;
    this.linked = linked;
  }

  /** By the name of a node, by its key, and by the names of its entities. */
  @Override
  public List<GraphNode> named(Connection connection, String name) throws SQLException {
    Map<String, GraphNode> found = new LinkedHashMap<>();
    List<String> spellings = Spellings.of(name);
    for (String column : List.of("node_name", "node_key")) {
      for (Row row : KeyedRows.select(connection, linked.nodes(), NODE, column, spellings)) {
        found.putIfAbsent(row.text(0), node(row));
      }
    }
    if (found.isEmpty()) {
      InList names = InList.of(spellings).get(0);
      List<String> entities =
          KeyedRows.someWhere(
                  connection,
                  tables.entities(),
                  List.of("entity_id"),
                  "entity_name IN (%s)".formatted(names.markers()),
                  names.parameters(),
                  NAMESAKES)
              .stream()
              .map(row -> row.text(0))
              .toList();
      Set<String> keys = new LinkedHashSet<>();
      for (Row row :
          KeyedRows.select(
              connection, linked.entityNodes(), List.of("node_key"), "entity_id", entities)) {
        keys.add(row.text(0));
      }
      found.putAll(withKeys(connection, keys));
    }
    return List.copyOf(found.values());
  }

  @Override
  public Map<String, GraphNode> withKeys(Connection connection, Collection<String> keys)
      throws SQLException {
    Map<String, GraphNode> nodes = new LinkedHashMap<>();
    for (Row row : KeyedRows.select(connection, linked.nodes(), NODE, "node_key", keys)) {
      nodes.put(row.text(0), node(row));
    }
    return nodes;
  }

  private static GraphNode node(Row row) {
    return new GraphNode(
        row.text(0),
        row.text(1),
        (String) row.get(2),
        (String) row.get(3),
        row.number(4),
        row.number(5));
  }

  @Override
  public void edges(Connection connection, Collection<String> keys, Consumer<GraphEdge> edges)
      throws SQLException {
    // Two statements: with OR between the columns H2 reads the whole table.
    for (String end : List.of("source_node", "target_node")) {
      edges(connection, end, keys, edges);
    }
  }

  /** Looks up the keys that there may be, if they are few: a node may have 40,000 edges. */
  @Override
  public boolean lookUpBetween(
      Connection connection,
      Collection<String> ones,
      Collection<String> others,
      Consumer<GraphEdge> edges)
      throws SQLException {
    long pairs = (long) ones.size() * others.size();
    if (pairs > MOST_PAIRS) {
      return false;
    }
    Set<String> types = types(connection, ones.size() <= others.size() ? ones : others);
    if (2 * pairs * types.size() > MOST_KEYS) {
      return false;
    }
    for (InList keys : InList.of(edgeKeys(ones, others, types))) {
      edgesWhere(
          connection, "edge_key IN (%s)".formatted(keys.markers()), keys.parameters(), edges);
    }
    return true;
  }

  /** The types of the edges from and to some nodes. */
  private Set<String> types(Connection connection, Collection<String> keys) throws SQLException {
    Set<String> types = new TreeSet<>();
    String type = dialect.exactText("edge_type");
    for (String end : List.of("source_node", "target_node")) {
      for (String key : keys) {
        StreamedRows.forEach(
            connection,
            "SELECT %s FROM %s WHERE %s = ? GROUP BY %s".formatted(type, linked.edges(), end, type),
            List.of(key),
            row -> types.add(row.getString(1)));
      }
    }
    return types;
  }

  private static Set<String> edgeKeys(
      Collection<String> ones, Collection<String> others, Collection<String> types) {
    Set<String> keys = new LinkedHashSet<>();
    for (String one : ones) {
      for (String other : others) {
        for (String type : types) {
          keys.add(LinkedTables.edgeKey(one, other, type));
          keys.add(LinkedTables.edgeKey(other, one, type));
        }
      }
    }
    return keys;
  }

  /**
   * Lets the server count and reads the edges that are wanted: to look up the 39,500 edges of a
   * node in an H2 file takes most of a second, to fetch them from PostgreSQL a tenth of one.
   */
  @Override
  public List<EdgeKind> kinds(Connection connection, String key, int most) throws SQLException {
    if (!dialect.hasWideIndexes() && !dialect.sumsUp()) {
      return Nodes.super.kinds(connection, key, most);
    }
    EdgeKind.Collector kinds = new EdgeKind.Collector(key, most);
    for (String end : List.of("source_node", "target_node")) {
      Map<String, NavigableMap<Long, Integer>> counts = new LinkedHashMap<>();
      // With the column that has one value in front, H2 groups in the order of its index.
      StreamedRows.forEach(
          connection,
          "SELECT edge_type, documents, COUNT(*) FROM %s WHERE %s = ? GROUP BY %s, edge_type, documents"
              .formatted(linked.edges(), end, end),
          List.of(key),
          row ->
              counts
                  .computeIfAbsent(row.getString(1), none -> new TreeMap<>())
                  .put(row.getLong(2), row.getInt(3)));
      for (Map.Entry<String, NavigableMap<Long, Integer>> type : counts.entrySet()) {
        int all = type.getValue().values().stream().mapToInt(Integer::intValue).sum();
        List<GraphEdge> first = new ArrayList<>();
        edgesWhere(
            connection,
            end + " = ? AND edge_type = ? AND documents >= ?",
            List.of(key, type.getKey(), least(type.getValue(), most)),
            first::add);
        first.forEach(kinds::keep);
        if (!first.isEmpty()) {
          kinds.count(first.get(0), all);
        }
      }
    }
    return kinds.kinds();
  }

  /** So many documents have the edges of most documents, of which there are as many as wanted. */
  private static long least(NavigableMap<Long, Integer> edges, int most) {
    int found = 0;
    for (Map.Entry<Long, Integer> documents : edges.descendingMap().entrySet()) {
      found += documents.getValue();
      if (found >= most) {
        return documents.getKey();
      }
    }
    return edges.firstKey();
  }

  /** Gives the edges between two of these nodes, each once. */
  final void edgesAmong(Connection connection, Collection<String> keys, Consumer<GraphEdge> edges)
      throws SQLException {
    edges(
        connection,
        "source_node",
        keys,
        edge -> {
          if (keys.contains(edge.target())) {
            edges.accept(edge);
          }
        });
  }

  private void edges(
      Connection connection, String end, Collection<String> keys, Consumer<GraphEdge> edges)
      throws SQLException {
    if (keys.size() <= FEW) {
      // PostgreSQL adds up the rows of a list's repeated values, and reads the whole table.
      for (String key : keys) {
        edgesWhere(connection, end + " = ?", List.of(key), edges);
      }
    } else {
      for (InList list : InList.of(keys)) {
        edgesWhere(
            connection, "%s IN (%s)".formatted(end, list.markers()), list.parameters(), edges);
      }
    }
  }

  private void edgesWhere(
      Connection connection, String where, List<?> parameters, Consumer<GraphEdge> edges)
      throws SQLException {
    StreamedRows.forEach(
        connection,
        "SELECT source_node, target_node, edge_type, documents FROM %s WHERE %s"
            .formatted(linked.edges(), where),
        parameters,
        row ->
            edges.accept(
                new GraphEdge(
                    row.getString(1), row.getString(2), row.getString(3), row.getLong(4))));
  }

  /** In the order of their keys, which are hashes: of a large graph, any of its edges. */
  @Override
  public void firstEdges(Connection connection, int most, Consumer<GraphEdge> edges)
      throws SQLException {
    KeyedRows.firstWhere(
            connection,
            dialect,
            linked.edges(),
            List.of("source_node", "target_node", "edge_type", "documents"),
            "edge_key IS NOT NULL ORDER BY edge_key",
            List.of(),
            most)
        .forEach(
            row ->
                edges.accept(new GraphEdge(row.text(0), row.text(1), row.text(2), row.number(3))));
  }

  @Override
  public List<Occurrence> occurrences(Connection connection, String key, int most)
      throws SQLException {
    return KeyedRows.someWhere(
            connection, linked.entityNodes(), OCCURRENCE, "node_key = ?", List.of(key), most)
        .stream()
        .map(row -> new Occurrence(row.text(0), row.text(1)))
        .toList();
  }

  @Override
  public Set<String> entitiesOf(Connection connection, String key, Collection<String> entityIds)
      throws SQLException {
    return KeyedRows.select(
            connection,
            linked.entityNodes(),
            List.of("entity_id", "node_key"),
            "entity_id",
            entityIds)
        .stream()
        .filter(row -> row.text(1).equals(key))
        .map(row -> row.text(0))
        .collect(Collectors.toSet());
  }

  @Override
  public List<String> namesFrom(Connection connection, String first, int most) throws SQLException {
    return KeyedRows.firstWhere(
            connection,
            dialect,
            linked.nodes(),
            List.of("node_name"),
            NearestNames.from("node_name"),
            List.of(first),
            most)
        .stream()
        .map(row -> row.text(0))
        .toList();
  }
}

package org.irisgraph.ask;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.irisgraph.graphrag.EvidenceTables;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TableShape;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions about the graph on one connection, with look-ups by index only. Without a
 * linked graph, the entities with one name are a node.
 */
public final class GraphQuestions {

  /** Entities of a node in which types and spellings are counted. */
  private static final int ENTITIES = 1000;

  /** Nodes of one name that are shown, such as those of different types. */
  private static final int NAMESAKES = 3;

  private static final int PROOFS = 3;
  private static final int PATHS = 3;

  private final Connection connection;
  private final GraphTables tables;
  private final Nodes nodes;
  private final Proofs proofs;
  private final boolean linked;

  /**
   * Looks which tables there are.
   *
   * @param ledgerSchema the schema of the tables beside the ledger
   * @throws StoreException if there is no table of entities
   */
  public GraphQuestions(Connection connection, GraphTables tables, String ledgerSchema)
      throws SQLException, StoreException {
    for (String table : List.of(tables.documents(), tables.entities(), tables.relationships())) {
      if (!TableShape.lookUp(connection, table).exists()) {
        throw new StoreException.Configuration(
            "there is no table %s: run index first, or correct schema".formatted(table));
      }
    }
    this.connection = connection;
    this.tables = tables;
    LinkedTables linkedTables = new LinkedTables(ledgerSchema);
    this.linked = TableShape.lookUp(connection, linkedTables.edges()).exists();
    this.nodes = linked ? new LinkedNodes(tables, linkedTables) : new NamedNodes(tables);
    this.proofs = new Proofs(connection, nodes, tables, new EvidenceTables(ledgerSchema));
  }

  /** Whether there is a linked graph. */
  public boolean isLinked() {
    return linked;
  }

  /** The nodes with a name, those of most documents first. */
  public List<GraphNode> named(String name) throws SQLException {
    return nodes.named(connection, name).stream()
        .sorted(
            Comparator.comparingLong(GraphNode::documents).reversed().thenComparing(GraphNode::key))
        .limit(NAMESAKES)
        .toList();
  }

  /** Names that are like one that is not there, the nearest first. */
  public List<String> nearest(String name) throws SQLException {
    return NearestNames.of(connection, nodes, name);
  }

  /**
   * Describes a node.
   *
   * @param most how many neighbours of a kind
   */
  public ShownNode show(GraphNode node, int most) throws SQLException {
    List<Occurrence> occurrences = nodes.occurrences(connection, node.key(), ENTITIES);
    Map<String, Integer> types = new TreeMap<>();
    Map<String, Integer> spellings = new TreeMap<>();
    for (Row row :
        KeyedRows.select(
            connection,
            tables.entities(),
            List.of("entity_name", "entity_type"),
            "entity_id",
            occurrences.stream().map(Occurrence::entityId).toList())) {
      spellings.merge(row.text(0), 1, Integer::sum);
      types.merge(String.valueOf(row.get(1)), 1, Integer::sum);
    }
    List<Proof> sentences = new ArrayList<>();
    Set<String> documents = new HashSet<>();
    for (Occurrence occurrence : occurrences) {
      if (sentences.size() < PROOFS && documents.add(occurrence.documentId())) {
        proofs.of(occurrence).ifPresent(sentences::add);
      }
    }
    return new ShownNode(
        node,
        byFrequency(types),
        byFrequency(spellings),
        occurrences.size(),
        sentences,
        neighbours(node, most));
  }

  private static Map<String, Integer> byFrequency(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
  }

  private record Kind(String relation, String direction) {}

  private List<ShownNode.Group> neighbours(GraphNode node, int most) throws SQLException {
    Map<Kind, List<GraphEdge>> byKind = new LinkedHashMap<>();
    nodes.edges(
        connection,
        List.of(node.key()),
        edge ->
            byKind
                .computeIfAbsent(
                    new Kind(edge.type(), direction(edge, node.key())), none -> new ArrayList<>())
                .add(edge));
    Map<Kind, List<GraphEdge>> first = new LinkedHashMap<>();
    byKind.entrySet().stream()
        // What documents state comes before what they only mention together.
        .sorted(
            Comparator.comparing(
                    (Map.Entry<Kind, List<GraphEdge>> kind) -> !kind.getValue().get(0).isDirected())
                .thenComparing(kind -> -kind.getValue().size())
                .thenComparing(kind -> kind.getKey().toString()))
        .forEach(
            kind ->
                first.put(
                    kind.getKey(),
                    kind.getValue().stream()
                        .sorted(
                            Comparator.comparingLong(GraphEdge::documents)
                                .reversed()
                                .thenComparing(edge -> edge.other(node.key())))
                        .limit(most)
                        .toList()));
    Map<String, GraphNode> others =
        byKey(
            first.values().stream()
                .flatMap(List::stream)
                .map(edge -> edge.other(node.key()))
                .collect(Collectors.toSet()));
    List<ShownNode.Group> groups = new ArrayList<>();
    for (Map.Entry<Kind, List<GraphEdge>> kind : first.entrySet()) {
      List<ShownNode.Neighbour> shown = new ArrayList<>();
      for (GraphEdge edge : kind.getValue()) {
        GraphNode other = others.get(edge.other(node.key()));
        if (other != null) {
          shown.add(new ShownNode.Neighbour(other, edge.documents(), proof(edge, node, other)));
        }
      }
      groups.add(
          new ShownNode.Group(
              kind.getKey().relation(),
              kind.getKey().direction(),
              Objects.requireNonNull(byKind.get(kind.getKey()), "grouped").size(),
              shown));
    }
    return groups;
  }

  private @Nullable Proof proof(GraphEdge edge, GraphNode one, GraphNode other)
      throws SQLException {
    boolean leadsToOther = edge.source().equals(one.key());
    return proofs
        .of(
            edge,
            (leadsToOther ? one : other).documents(),
            (leadsToOther ? other : one).documents())
        .orElse(null);
  }

  private static String direction(GraphEdge edge, String from) {
    return !edge.isDirected() ? "both" : edge.source().equals(from) ? "to" : "from";
  }

  private Map<String, GraphNode> byKey(Collection<String> keys) throws SQLException {
    Map<String, GraphNode> byKey = new HashMap<>();
    nodes.withKeys(connection, keys).forEach(node -> byKey.put(node.key(), node));
    return byKey;
  }

  /** The edges between nodes of two names, or else the shortest paths from one to the other. */
  public List<ShownPath> between(List<GraphNode> from, List<GraphNode> to) throws SQLException {
    Set<String> starts = from.stream().map(GraphNode::key).collect(Collectors.toSet());
    Set<String> ends = to.stream().map(GraphNode::key).collect(Collectors.toSet());
    Paths paths = new Paths(connection, nodes);
    List<List<GraphEdge>> found = new ArrayList<>();
    paths.direct(starts, ends).forEach(edge -> found.add(List.of(edge)));
    if (found.isEmpty()) {
      found.addAll(paths.shortest(starts, ends, PATHS));
    }
    Map<String, GraphNode> all =
        byKey(
            found.stream()
                .flatMap(List::stream)
                .flatMap(edge -> List.of(edge.source(), edge.target()).stream())
                .collect(Collectors.toSet()));
    List<ShownPath> shown = new ArrayList<>();
    for (List<GraphEdge> path : found) {
      String at =
          starts.contains(path.get(0).source()) ? path.get(0).source() : path.get(0).target();
      GraphNode start = Objects.requireNonNull(all.get(at), at);
      List<ShownPath.Step> steps = new ArrayList<>();
      GraphNode last = start;
      for (GraphEdge edge : path) {
        GraphNode next = Objects.requireNonNull(all.get(edge.other(last.key())), "an end");
        steps.add(
            new ShownPath.Step(
                edge.type(),
                direction(edge, last.key()),
                next,
                edge.documents(),
                proof(edge, last, next)));
        last = next;
      }
      shown.add(new ShownPath(start, steps));
    }
    return shown;
  }

  /** The longest path that is looked for, in edges. */
  public static int mostHops() {
    return Paths.MOST_HOPS;
  }
}

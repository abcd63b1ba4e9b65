package org.irisgraph.ask;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.irisgraph.graphrag.EvidenceTables;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TablePrivileges;
import org.irisgraph.jdbc.TableShape;

/**
 * Answers questions about the graph on one connection, with look-ups by index only. Without a
 * linked graph, the entities with one name are a node.
 */
public final class GraphQuestions {

  /** Entities of a node in which types and spellings are counted. */
  private static final int ENTITIES = 300;

  /** Nodes of one name that are shown, such as those of different types. */
  private static final int NAMESAKES = 3;

  /** Words of a question that are looked up, and of a name; shorter ones may be any word. */
  private static final int MOST_WORDS = 30;

  private static final int WORDS_OF_NAME = 4;
  private static final int LEAST_NAME = 4;

  private static final int PROOFS = 3;
  private static final int PATHS = 3;

  /** Edges of which the most telling are examples: a bounded look at any graph. */
  private static final int LOOKED_AT = 2000;

  private final Connection connection;
  private final GraphTables tables;
  private final Nodes nodes;
  private final Proofs proofs;
  private final boolean linked;

  /**
   * Looks which tables there are.
   *
   * @param ledgerSchema the schema of the tables beside the ledger
   * @throws StoreException if there is no table of entities, or it may not be read
   */
  public GraphQuestions(
      Connection connection, Dialect dialect, GraphTables tables, String ledgerSchema)
      throws SQLException, StoreException {
    TablePrivileges.requireReadable(
        connection,
        dialect,
        List.of(tables.documents(), tables.entities(), tables.relationships()),
        "run index first, or correct schema");
    this.connection = connection;
    this.tables = tables;
    LinkedTables linkedTables = new LinkedTables(ledgerSchema);
    EvidenceTables evidence = new EvidenceTables(ledgerSchema);
    TablePrivileges.requireReadableIfThere(
        connection,
        dialect,
        List.of(
            linkedTables.entityNodes(),
            linkedTables.nodes(),
            linkedTables.edges(),
            evidence.mentions(),
            evidence.statements()));
    // Empty until a run comes to its end.
    this.linked =
        TableShape.lookUp(connection, linkedTables.edges()).exists()
            && KeyedRows.isAny(connection, linkedTables.nodes());
    this.nodes =
        linked ? new LinkedNodes(tables, linkedTables, dialect) : new NamedNodes(tables, dialect);
    this.proofs = new Proofs(connection, nodes, tables, evidence);
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

  /** The nodes whose names a question has as words, the longest names first. */
  public List<GraphNode> namedIn(String question) throws SQLException {
    List<String> words =
        Stream.of(question.split("\\s+"))
            .map(word -> word.replaceAll("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$", ""))
            .filter(word -> !word.isEmpty())
            .limit(MOST_WORDS)
            .toList();
    Map<String, GraphNode> found = new LinkedHashMap<>();
    Set<Integer> taken = new HashSet<>();
    for (int length = Math.min(WORDS_OF_NAME, words.size()); length > 0; length--) {
      for (int start = 0; start + length <= words.size(); start++) {
        String name = String.join(" ", words.subList(start, start + length));
        List<Integer> places = IntStream.range(start, start + length).boxed().toList();
        if (name.length() >= LEAST_NAME && Collections.disjoint(taken, places)) {
          List<GraphNode> nodes = named(name);
          nodes.forEach(node -> found.putIfAbsent(node.key(), node));
          if (!nodes.isEmpty()) {
            taken.addAll(places);
          }
        }
      }
    }
    return List.copyOf(found.values());
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
    SortedMap<String, Integer> types = new TreeMap<>();
    SortedMap<String, Integer> spellings = new TreeMap<>();
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
    return new ShownNode(
        node,
        Counts.largestFirst(types),
        Counts.largestFirst(spellings),
        occurrences.size(),
        sentences(occurrences),
        new Neighbours(connection, nodes, proofs).of(node, most));
  }

  private List<Proof> sentences(List<Occurrence> occurrences) throws SQLException {
    List<Proof> sentences = new ArrayList<>();
    Set<String> documents = new HashSet<>();
    for (Occurrence occurrence : occurrences) {
      if (sentences.size() < PROOFS && documents.add(occurrence.documentId())) {
        proofs.of(occurrence).ifPresent(sentences::add);
      }
    }
    return sentences;
  }

  /**
   * Finds documents for a question, the best first.
   *
   * @param asked the nodes that it names
   * @param near texts whose meaning is near to it; empty without vectors
   */
  public List<DocumentSearch.Found> search(
      List<GraphNode> asked, List<NearestTexts.Near> near, int most) throws SQLException {
    return new DocumentSearch(connection, nodes, proofs).search(asked, near, most);
  }

  /**
   * The edges between nodes of two names, or else the shortest paths from one to the other; none if
   * both are names of a node.
   */
  public List<ShownPath> between(List<GraphNode> from, List<GraphNode> to) throws SQLException {
    Set<String> starts = from.stream().map(GraphNode::key).collect(Collectors.toSet());
    Set<String> ends = to.stream().map(GraphNode::key).collect(Collectors.toSet());
    if (!Collections.disjoint(starts, ends)) {
      return List.of();
    }
    Paths paths = new Paths(connection, nodes);
    List<List<GraphEdge>> found = new ArrayList<>();
    boolean isRarer = documents(from) <= documents(to);
    Set<String> rarer = isRarer ? starts : ends;
    Set<String> others = isRarer ? ends : starts;
    paths.direct(rarer, others).forEach(edge -> found.add(List.of(edge)));
    if (found.isEmpty()) {
      for (List<GraphEdge> path : paths.shortest(rarer, others, PATHS)) {
        found.add(isRarer ? path : Paths.reversed(path));
      }
    }
    Map<String, GraphNode> all = ends(found.stream().flatMap(List::stream).toList());
    List<ShownPath> shown = new ArrayList<>();
    for (List<GraphEdge> path : found) {
      GraphEdge first = path.get(0);
      shown(path, starts.contains(first.source()) ? first.source() : first.target(), all)
          .ifPresent(shown::add);
    }
    return shown;
  }

  private static long documents(List<GraphNode> nodes) {
    return nodes.stream().mapToLong(GraphNode::documents).sum();
  }

  /**
   * Examples of the edges of the graph, each from another node: what documents state, most
   * documents first.
   */
  public List<ShownPath> examples(int most) throws SQLException {
    List<GraphEdge> first = new ArrayList<>();
    nodes.firstEdges(connection, LOOKED_AT, first::add);
    Set<String> sources = new HashSet<>();
    List<GraphEdge> edges =
        first.stream()
            .sorted(GraphEdge.MOST_TELLING_FIRST)
            .filter(edge -> sources.add(edge.source()))
            .limit(most)
            .toList();
    Map<String, GraphNode> ends = ends(edges);
    List<ShownPath> shown = new ArrayList<>();
    for (GraphEdge edge : edges) {
      shown(List.of(edge), edge.source(), ends).ifPresent(shown::add);
    }
    return shown;
  }

  private Map<String, GraphNode> ends(Collection<GraphEdge> edges) throws SQLException {
    return nodes.withKeys(
        connection,
        edges.stream()
            .flatMap(edge -> Stream.of(edge.source(), edge.target()))
            .collect(Collectors.toSet()));
  }

  /** Empty if a run has taken a node away since the edges were read. */
  private Optional<ShownPath> shown(List<GraphEdge> path, String start, Map<String, GraphNode> all)
      throws SQLException {
    List<ShownPath.Step> steps = new ArrayList<>();
    GraphNode first = all.get(start);
    if (first == null) {
      return Optional.empty();
    }
    GraphNode last = first;
    for (GraphEdge edge : path) {
      GraphNode next = all.get(edge.other(last.key()));
      if (next == null) {
        return Optional.empty();
      }
      steps.add(
          new ShownPath.Step(
              edge.type(),
              edge.direction(last.key()),
              next,
              edge.documents(),
              proofs.of(edge, last, next).orElse(null)));
      last = next;
    }
    return Optional.of(new ShownPath(first, steps));
  }

  /** The longest path that is looked for, in edges. */
  public static int mostHops() {
    return Paths.MOST_HOPS;
  }
}

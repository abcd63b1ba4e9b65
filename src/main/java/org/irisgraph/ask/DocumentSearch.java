package org.irisgraph.ask;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds documents for a question in three ways, and ranks them together by reciprocal rank fusion
 * (Cormack et al. 2009): by the meaning of their text, by the nodes that the question names, and by
 * the neighbours of these nodes.
 */
public final class DocumentSearch {

  /** Documents of each way that count. */
  static final int DEPTH = 50;

  /** The usual constant of reciprocal rank fusion. */
  private static final int RANK_OFFSET = 60;

  /** Entities of a node that are read; documents of a node that has more are not all found. */
  private static final int OCCURRENCES = 1000;

  /** Neighbours of a node that are followed. */
  private static final int NEIGHBOURS = 10;

  private static final int NEIGHBOUR_OCCURRENCES = 100;

  private final Connection connection;
  private final Nodes nodes;
  private final Proofs proofs;

  DocumentSearch(Connection connection, Nodes nodes, Proofs proofs) {
    this.connection = connection;
    this.nodes = nodes;
    this.proofs = proofs;
  }

  /**
   * A document that was found.
   *
   * @param score the sum of 1 / (60 + rank) over the ways that found it
   * @param reasons why, one for each way
   * @param passage a sentence that mentions what was asked for, or the passage whose meaning is
   *     near, or the beginning of the text
   */
  public record Found(
      String document, double score, List<String> reasons, @Nullable Proof passage) {}

  /**
   * Why a document is in a ranking.
   *
   * @param near the id of its text whose meaning is near, if that is why
   */
  private record Reason(
      double weight, String text, @Nullable Occurrence occurrence, @Nullable String near) {

    private Reason(double weight, String text, @Nullable Occurrence occurrence) {
      this(weight, text, occurrence, null);
    }
  }

  /** A document in all rankings. */
  private static final class Merged {
    private double score;
    private final List<String> reasons = new ArrayList<>();
    private @Nullable Occurrence occurrence;
    private @Nullable String near;
  }

  /** See {@link GraphQuestions#search}. */
  List<Found> search(Collection<GraphNode> asked, List<NearestTexts.Near> near, int most)
      throws SQLException {
    Map<String, Merged> merged = new TreeMap<>();
    merge(mentioning(asked), merged);
    merge(neighbourhood(asked), merged);
    Map<String, Reason> byMeaning = new LinkedHashMap<>();
    for (NearestTexts.Near text : near) {
      byMeaning.putIfAbsent(
          proofs.documentOf(text.document()),
          new Reason(
              text.product(),
              String.format(Locale.ROOT, "its meaning is near (%.2f)", text.product()),
              null,
              text.document()));
    }
    merge(byMeaning, merged);
    List<Found> found = new ArrayList<>();
    for (Map.Entry<String, Merged> document :
        merged.entrySet().stream()
            .sorted(
                Comparator.comparingDouble(
                        (Map.Entry<String, Merged> entry) -> entry.getValue().score)
                    .reversed())
            .limit(most)
            .toList()) {
      Occurrence occurrence = document.getValue().occurrence;
      String text = document.getValue().near == null ? document.getKey() : document.getValue().near;
      Proof passage = occurrence == null ? null : proofs.of(occurrence).orElse(null);
      found.add(
          new Found(
              document.getKey(),
              document.getValue().score,
              List.copyOf(document.getValue().reasons),
              passage == null ? proofs.of(document.getKey(), text).orElse(null) : passage));
    }
    return found;
  }

  private static void merge(Map<String, Reason> ranking, Map<String, Merged> merged) {
    int rank = 0;
    for (Map.Entry<String, Reason> document :
        ranking.entrySet().stream()
            .sorted(
                Comparator.comparingDouble(
                        (Map.Entry<String, Reason> entry) -> entry.getValue().weight())
                    .reversed()
                    .thenComparing(Map.Entry::getKey))
            .limit(DEPTH)
            .toList()) {
      rank++;
      Merged all = merged.computeIfAbsent(document.getKey(), none -> new Merged());
      all.score += 1.0 / (RANK_OFFSET + rank);
      all.reasons.add(document.getValue().text());
      if (all.near == null) {
        all.near = document.getValue().near();
      }
      if (all.occurrence == null) {
        all.occurrence = document.getValue().occurrence();
      }
    }
  }

  /** The documents that mention the nodes; a rare node counts more than a frequent one. */
  private Map<String, Reason> mentioning(Collection<GraphNode> asked) throws SQLException {
    Map<String, Map<GraphNode, Occurrence>> mentioned = new TreeMap<>();
    for (GraphNode node : asked) {
      for (Occurrence occurrence : nodes.occurrences(connection, node.key(), OCCURRENCES)) {
        mentioned
            .computeIfAbsent(occurrence.documentId(), none -> new LinkedHashMap<>())
            .putIfAbsent(node, occurrence);
      }
    }
    Map<String, Reason> ranking = new LinkedHashMap<>();
    mentioned.forEach(
        (document, found) ->
            ranking.put(
                document,
                new Reason(
                    found.keySet().stream().mapToDouble(DocumentSearch::weight).sum(),
                    found.keySet().stream()
                        .map(GraphNode::name)
                        .distinct()
                        .collect(Collectors.joining(", ", "it mentions ", "")),
                    found.values().iterator().next())));
    return ranking;
  }

  /** The documents that mention neighbours of the nodes. */
  private Map<String, Reason> neighbourhood(Collection<GraphNode> asked) throws SQLException {
    Map<String, GraphNode> starts =
        asked.stream().collect(Collectors.toMap(GraphNode::key, node -> node, (one, two) -> one));
    Map<String, GraphEdge> ways = new LinkedHashMap<>();
    for (GraphNode node : starts.values()) {
      List<GraphEdge> edges = new ArrayList<>();
      nodes.edges(connection, List.of(node.key()), edges::add);
      edges.stream()
          .filter(edge -> !starts.containsKey(edge.other(node.key())))
          .sorted(GraphEdge.MOST_TELLING_FIRST)
          .limit(NEIGHBOURS)
          .forEach(edge -> ways.putIfAbsent(edge.other(node.key()), edge));
    }
    Map<String, GraphNode> neighbours = nodes.withKeys(connection, ways.keySet());
    Map<String, Reason> ranking = new LinkedHashMap<>();
    for (Map.Entry<String, GraphEdge> way : ways.entrySet()) {
      GraphNode neighbour = neighbours.get(way.getKey());
      GraphNode start = starts.get(way.getValue().other(way.getKey()));
      if (neighbour == null || start == null) {
        continue;
      }
      String reason =
          "it mentions %s, of which the graph has: %s"
              .formatted(neighbour.name(), statement(start, way.getValue(), neighbour));
      for (Occurrence occurrence :
          nodes.occurrences(connection, neighbour.key(), NEIGHBOUR_OCCURRENCES)) {
        ranking.merge(
            occurrence.documentId(),
            new Reason(weight(neighbour), reason, occurrence),
            (one, two) -> new Reason(one.weight() + two.weight(), one.text(), one.occurrence()));
      }
    }
    return ranking;
  }

  private static String statement(GraphNode start, GraphEdge edge, GraphNode neighbour) {
    return edge.source().equals(start.key())
        ? "%s %s %s".formatted(start.name(), edge.type(), neighbour.name())
        : "%s %s %s".formatted(neighbour.name(), edge.type(), start.name());
  }

  private static double weight(GraphNode node) {
    return 1 / Math.log(Math.E + node.documents());
  }
}

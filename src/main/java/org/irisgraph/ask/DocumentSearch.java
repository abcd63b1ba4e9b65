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
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.irisgraph.text.FoldedText;
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

  /** Entities of a document of which the best sentence is shown. */
  private static final int LOOKED_AT = 10;

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
   * @param occurrences the entities in it that are, those of the first node first
   * @param near the id of its text whose meaning is near, if that is why
   */
  private record Reason(
      double weight, String text, List<Occurrence> occurrences, @Nullable String near) {

    private Reason(double weight, String text, List<Occurrence> occurrences) {
      this(weight, text, occurrences, null);
    }
  }

  /** A document in all rankings. */
  private static final class Merged {
    private double score;
    private final List<String> reasons = new ArrayList<>();
    private List<Occurrence> occurrences = List.of();
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
              List.of(),
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
      String text = document.getValue().near == null ? document.getKey() : document.getValue().near;
      Proof passage = passage(document.getValue().occurrences, asked);
      found.add(
          new Found(
              document.getKey(),
              document.getValue().score,
              List.copyOf(document.getValue().reasons),
              passage == null ? proofs.of(document.getKey(), text).orElse(null) : passage));
    }
    return found;
  }

  /** A sentence rather than a row of a table; with the name of what was asked for, if there is. */
  private @Nullable Proof passage(List<Occurrence> occurrences, Collection<GraphNode> asked)
      throws SQLException {
    Set<String> names =
        asked.stream().map(node -> FoldedText.name(node.name())).collect(Collectors.toSet());
    Proof best = null;
    int bestScore = -1;
    for (Occurrence occurrence : occurrences.subList(0, Math.min(LOOKED_AT, occurrences.size()))) {
      Proof proof = proofs.of(occurrence).orElse(null);
      if (proof != null) {
        int score =
            (Quotation.isRow(proof.sentence()) ? 0 : 2)
                + (proof.markedTexts().map(FoldedText::name).anyMatch(names::contains) ? 1 : 0);
        if (score > bestScore) {
          best = proof;
          bestScore = score;
        }
      }
    }
    return best;
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
      if (all.occurrences.isEmpty()) {
        all.occurrences = document.getValue().occurrences();
      }
    }
  }

  /** The documents that mention the nodes; a rare node counts more than a frequent one. */
  private Map<String, Reason> mentioning(Collection<GraphNode> asked) throws SQLException {
    Map<String, Map<GraphNode, List<Occurrence>>> mentioned = new TreeMap<>();
    for (GraphNode node : asked) {
      for (Occurrence occurrence : nodes.occurrences(connection, node.key(), OCCURRENCES)) {
        mentioned
            .computeIfAbsent(occurrence.documentId(), none -> new LinkedHashMap<>())
            .computeIfAbsent(node, none -> new ArrayList<>())
            .add(occurrence);
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
                    found.values().stream().flatMap(List::stream).toList())));
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
            new Reason(weight(neighbour), reason, List.of(occurrence)),
            (one, two) -> new Reason(one.weight() + two.weight(), one.text(), one.occurrences()));
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

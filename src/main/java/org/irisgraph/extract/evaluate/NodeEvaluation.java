package org.irisgraph.extract.evaluate;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.irisgraph.extract.EntityNodes;
import org.irisgraph.extract.Overlaps;
import org.irisgraph.extract.gold.GoldDocument;
import org.irisgraph.extract.setup.Extractors;
import org.irisgraph.graph.Mention;
import org.irisgraph.graph.Node;
import org.irisgraph.graph.NodeNames;
import org.irisgraph.graph.NodeRule;

/**
 * Compares nodes with annotated concepts, over the pairs of annotated mentions in different
 * documents: those that share a node are found, those that share a concept are annotated. A mention
 * with several concepts has their combination; mentions without any are not counted, and of
 * overlapping ones only the longest is.
 *
 * @param baseline what type and lower-case name alone give
 * @param byName by the name of a set of rules: what the rules give for the annotated mentions
 * @param byConcept the same if a mention also has the concept that an extractor finds at its place
 */
public record NodeEvaluation(
    Score baseline, Map<String, Score> byName, Map<String, Score> byConcept) {

  /** The row of all rules. */
  public static final String ALL = "all rules";

  private static final String GOLD = "gold";

  /** An annotated document. */
  private record Annotated(GoldDocument gold, List<Mention> mentions, List<Mention> withConcepts) {

    private static Annotated of(GoldDocument gold, Extractors extractors) {
      Map<GoldDocument.Name, Mention> found = new HashMap<>();
      for (Mention mention : extractors.extractor().extract(gold.toDocument())) {
        found.put(name(mention), mention);
      }
      Overlaps overlaps = new Overlaps();
      for (GoldDocument.Name name : Set.copyOf(gold.names())) {
        overlaps.add(
            new Mention(gold.textOf(name), name.type(), name.start(), name.end(), 1, GOLD), 0);
      }
      List<Mention> mentions = overlaps.resolve();
      return new Annotated(
          gold,
          mentions,
          mentions.stream().map(mention -> found.getOrDefault(name(mention), mention)).toList());
    }

    private static GoldDocument.Name name(Mention mention) {
      return new GoldDocument.Name(mention.type(), mention.start(), mention.end());
    }

    private String conceptOf(Mention mention) {
      return String.join("|", gold.concepts().getOrDefault(name(mention), Set.of()));
    }
  }

  /**
   * Measures the rules together, each switched off, and no rules at all.
   *
   * @param rules those to measure
   */
  public static NodeEvaluation of(
      Extractors extractors, Set<NodeRule> rules, Collection<GoldDocument> documents) {
    List<Annotated> annotated =
        documents.stream().map(document -> Annotated.of(document, extractors)).toList();
    PairCounts baseline = new PairCounts();
    for (Annotated document : annotated) {
      for (Mention mention : document.mentions()) {
        String name = mention.text().toLowerCase(Locale.ROOT);
        baseline.add(
            document.gold().id(), mention.type() + ':' + name, document.conceptOf(mention));
      }
    }
    Map<String, Score> byName = new LinkedHashMap<>();
    Map<String, Score> byConcept = new LinkedHashMap<>();
    sets(rules)
        .forEach(
            (name, set) -> {
              EntityNodes names = new EntityNodes(new NodeNames(set), null);
              byName.put(name, score(annotated, names, false));
              byConcept.put(name, score(annotated, extractors.nodes(set), true));
            });
    return new NodeEvaluation(baseline.score(), byName, byConcept);
  }

  private static Map<String, Set<NodeRule>> sets(Set<NodeRule> rules) {
    Map<String, Set<NodeRule>> sets = new LinkedHashMap<>();
    sets.put(ALL, rules);
    for (NodeRule rule : rules) {
      Set<NodeRule> others = EnumSet.copyOf(rules);
      others.remove(rule);
      sets.put("without " + rule.written(), others);
    }
    sets.put("no rules", Set.of());
    return sets;
  }

  private static Score score(List<Annotated> documents, EntityNodes nodes, boolean concepts) {
    PairCounts pairs = new PairCounts();
    for (Annotated document : documents) {
      List<Mention> mentions = concepts ? document.withConcepts() : document.mentions();
      List<Node> found = nodes.of(document.gold().text(), mentions);
      for (int i = 0; i < mentions.size(); i++) {
        pairs.add(document.gold().id(), found.get(i).key(), document.conceptOf(mentions.get(i)));
      }
    }
    return pairs.score();
  }

  /** Counts pairs by the sizes of groups, since there may be billions. */
  private static final class PairCounts {

    private final Map<List<String>, Map<String, Long>> byNode = new HashMap<>();
    private final Map<List<String>, Map<String, Long>> byConcept = new HashMap<>();
    private final Map<List<String>, Map<String, Long>> byBoth = new HashMap<>();

    private void add(String document, String node, String concept) {
      if (!concept.isEmpty()) {
        add(byNode, List.of(node), document);
        add(byConcept, List.of(concept), document);
        add(byBoth, List.of(node, concept), document);
      }
    }

    private static void add(
        Map<List<String>, Map<String, Long>> groups, List<String> group, String document) {
      groups.computeIfAbsent(group, none -> new HashMap<>()).merge(document, 1L, Long::sum);
    }

    private Score score() {
      return new Score(pairs(byBoth), pairs(byNode), pairs(byConcept));
    }

    /** All pairs of a group but those within a document: {@code (n² - Σ nᵢ²) / 2}. */
    private static long pairs(Map<List<String>, Map<String, Long>> groups) {
      long pairs = 0;
      for (Map<String, Long> group : groups.values()) {
        long all = 0;
        long within = 0;
        for (long mentions : group.values()) {
          all += mentions;
          within += mentions * mentions;
        }
        pairs += (all * all - within) / 2;
      }
      return pairs;
    }
  }
}

package org.irisgraph.extract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.irisgraph.graph.Mention;
import org.irisgraph.graph.Node;
import org.irisgraph.graph.NodeKeys;
import org.irisgraph.graph.NodeNames;
import org.irisgraph.graph.NodeRule;
import org.jspecify.annotations.Nullable;

/**
 * Finds the nodes of a document's entities: a function of the document, the rules and the
 * dictionary, and of no other document. Safe for several threads.
 */
public final class EntityNodes {

  /** Raise when the same entities get other nodes, or names other normal forms. */
  public static final int VERSION = 1;

  /** About 2 MB: a corpus has few names that most of its entities have. */
  private static final int REMEMBERED = 10_000;

  private final NodeNames names;
  private final @Nullable TermConcepts concepts;
  private final Map<Candidate, Named> remembered = new ConcurrentHashMap<>();

  /**
   * @param names the rules for names
   * @param dictionary has concepts of entities that were found otherwise; null if there is none
   */
  public EntityNodes(NodeNames names, @Nullable Dictionary dictionary) {
    this.names = names;
    this.concepts = dictionary == null ? null : new TermConcepts(dictionary, names);
  }

  /**
   * An entity.
   *
   * @param concept what its mentions say it is; null if they do not
   */
  record Candidate(String type, String name, @Nullable String concept) {}

  private record Key(String type, String normalForm) {}

  /** The node of an entity, unless it is a short form, and the normal form of its name. */
  private record Named(String normalForm, Node node) {}

  /**
   * Returns the nodes of the mentions' entities, in the order of the mentions.
   *
   * @param mentions ordered by start, without overlaps
   */
  public List<Node> of(String text, List<Mention> mentions) {
    EntityCollector collector = new EntityCollector();
    int[] entityOfMention = mentions.stream().mapToInt(collector::add).toArray();
    List<Node> nodes = of(text, mentions, collector.candidates(), entityOfMention);
    return Arrays.stream(entityOfMention).mapToObj(nodes::get).toList();
  }

  /**
   * Returns the nodes of the entities, in their order.
   *
   * @param mentions ordered by start, without overlaps
   * @param entityOfMention the index of each mention's entity
   */
  List<Node> of(
      String text, List<Mention> mentions, List<Candidate> entities, int... entityOfMention) {
    List<Node> nodes = new ArrayList<>(entities.size());
    List<String> normalForms = new ArrayList<>(entities.size());
    for (Candidate entity : entities) {
      Named named = named(entity);
      normalForms.add(named.normalForm());
      nodes.add(named.node());
    }
    if (names.rules().contains(NodeRule.SHORT_FORMS)) {
      Map<Integer, Integer> longForms =
          longForms(text, mentions, entities, normalForms, entityOfMention);
      List<Node> own = List.copyOf(nodes);
      longForms.forEach((shortForm, longForm) -> nodes.set(shortForm, own.get(longForm)));
    }
    return nodes;
  }

  private Named named(Candidate entity) {
    Named known = remembered.get(entity);
    if (known != null) {
      return known;
    }
    String normalForm = names.normalise(entity.name());
    Named named = new Named(normalForm, node(entity, normalForm));
    if (remembered.size() >= REMEMBERED) {
      remembered.clear();
    }
    remembered.put(entity, named);
    return named;
  }

  private Node node(Candidate entity, String normalForm) {
    String concept = entity.concept();
    if (concept == null && concepts != null) {
      concept = concepts.of(entity.type(), entity.name(), normalForm);
    }
    return concept == null
        ? NodeKeys.ofName(entity.type(), normalForm)
        : NodeKeys.ofConcept(concept);
  }

  /** The entities that are short forms, with the entities of their first definitions. */
  private Map<Integer, Integer> longForms(
      String text,
      List<Mention> mentions,
      List<Candidate> entities,
      List<String> normalForms,
      int... entityOfMention) {
    List<Abbreviation> abbreviations = Abbreviations.find(text);
    if (abbreviations.isEmpty()) {
      return Map.of();
    }
    Map<Key, List<Integer>> byNormalForm = new HashMap<>();
    for (int entity = 0; entity < entities.size(); entity++) {
      byNormalForm
          .computeIfAbsent(
              new Key(entities.get(entity).type(), normalForms.get(entity)),
              none -> new ArrayList<>(1))
          .add(entity);
    }
    Map<Integer, Integer> byEnd = new HashMap<>();
    for (int mention = 0; mention < mentions.size(); mention++) {
      byEnd.put(mentions.get(mention).end(), mention);
    }
    Map<Integer, Integer> longForms = new HashMap<>();
    for (Abbreviation abbreviation : abbreviations) {
      Span longSpan = abbreviation.longForm();
      Integer mention = byEnd.get(longSpan.end());
      if (mention != null && mentions.get(mention).start() <= longSpan.start()) {
        int longForm = entityOfMention[mention];
        Span span = abbreviation.shortForm();
        String shortForm = names.normalise(text.substring(span.start(), span.end()));
        byNormalForm
            .getOrDefault(new Key(entities.get(longForm).type(), shortForm), List.of())
            .forEach(entity -> longForms.putIfAbsent(entity, longForm));
      }
    }
    return longForms;
  }
}

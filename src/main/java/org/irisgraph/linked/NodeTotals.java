package org.irisgraph.linked;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.irisgraph.graph.NodeKeys;
import org.irisgraph.jdbc.Row;
import org.jspecify.annotations.Nullable;

/** A node, summed up from the entities that belong to it, in any order. */
final class NodeTotals {

  /**
   * Names are indexed, and an entry of an index of IRIS has at most 511 bytes with its own name.
   */
  private static final int MAX_NAME_BYTES = 430;

  private final String key;
  private final Map<String, Long> names = new HashMap<>();
  private final Map<String, Long> types = new HashMap<>();
  private final Map<String, Long> concepts = new HashMap<>();
  private final Set<String> documents = new HashSet<>();
  private final List<LinkedEntity> entities = new ArrayList<>();
  private long documentsOfOthers;
  private long mentions;

  NodeTotals(String key) {
    this.key = key;
  }

  void add(LinkedEntity entity, String name, @Nullable String type) {
    add(entity);
    addMentions(name, type, entity.concept(), entity.mentions());
  }

  /** Adds an entity, whose mentions are added apart. */
  void add(LinkedEntity entity) {
    documents.add(entity.document());
    entities.add(entity);
  }

  /** Adds the mentions of any number of entities that have these in common. */
  void addMentions(String name, @Nullable String type, @Nullable String concept, long count) {
    mentions += count;
    names.merge(name, count, Long::sum);
    if (type != null) {
      types.merge(type, count, Long::sum);
    }
    if (concept != null) {
      concepts.merge(concept, count, Long::sum);
    }
  }

  /** Sets how many documents have the node, if its entities are not added. */
  void setDocuments(long count) {
    documentsOfOthers = count;
  }

  String key() {
    return key;
  }

  /** The entities, in no order. */
  List<LinkedEntity> entities() {
    return entities;
  }

  /** How many documents have the node. */
  long documents() {
    return documentsOfOthers + documents.size();
  }

  /** Key, name, type, concept, documents, mentions. */
  Row row() {
    return Row.of(
        key,
        NodeKeys.beginning(String.valueOf(mostFrequent(names)), MAX_NAME_BYTES),
        mostFrequent(types),
        mostFrequent(concepts),
        documents(),
        mentions);
  }

  /** The spellings beside that of the row, at most so many: those of most mentions. */
  List<String> otherNames(int most) {
    return names.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .skip(1)
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The value with most mentions; of several the smallest, whatever the order of work. */
  private static @Nullable String mostFrequent(Map<String, Long> counts) {
    String best = null;
    long most = -1;
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      if (count.getValue() > most
          || (count.getValue() == most && best != null && count.getKey().compareTo(best) < 0)) {
        best = count.getKey();
        most = count.getValue();
      }
    }
    return best;
  }
}

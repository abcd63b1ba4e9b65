package org.irisgraph.ask;

import static java.util.stream.Collectors.toSet;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.irisgraph.extract.MentionLocator;
import org.irisgraph.extract.SentenceSplitter;
import org.irisgraph.extract.Span;
import org.irisgraph.graph.MentionPlace;
import org.irisgraph.graph.PassageIds;
import org.irisgraph.graph.Sentence;
import org.irisgraph.graphrag.EvidenceTables;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;

/**
 * Finds sentences that prove nodes and edges: those that a run has stored or, in a database without
 * their tables, those in which the names occur.
 */
final class Proofs {

  /** Documents of a node that are looked through at once. */
  private static final int LEAST_DOCUMENTS = 10;

  private static final int MORE_DOCUMENTS = 200;

  /** Of a node of which fewer documents than this have nothing of an edge, it is not found. */
  private static final int MOST_DOCUMENTS = 2000;

  private static final Comparator<Sentence> IN_TEXT = Comparator.comparingInt(Sentence::start);

  private final Connection connection;
  private final Nodes nodes;
  private final GraphTables tables;
  private final EvidenceTables evidence;
  private final boolean isStored;
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, List<Occurrence>> occurrences = new HashMap<>();

  Proofs(Connection connection, Nodes nodes, GraphTables tables, EvidenceTables evidence)
      throws SQLException {
    this.connection = connection;
    this.nodes = nodes;
    this.tables = tables;
    this.evidence = evidence;
    this.isStored = evidence.exist(connection);
  }

  /**
   * What a document states of two entities.
   *
   * @param id of the relationship
   * @param other id of the entity at the other end
   */
  private record Statement(String id, Occurrence end, String other) {}

  /** The document with a text: that of a passage, or the text's own. */
  String documentOf(String textId) throws SQLException {
    Optional<String> document = PassageIds.parse(textId).map(PassageIds.Part::documentId);
    return document.isPresent() && !text(document.get()).isEmpty() ? document.get() : textId;
  }

  /** A text of a document: a passage, or the beginning of all of it. */
  Optional<Proof> of(String document, String textId) throws SQLException {
    int start = Math.max(0, text(document).indexOf(text(textId)));
    return quote(
        document, new Sentence(start, start + text(textId).length()), List.of(), List.of());
  }

  /** A sentence that mentions an entity, rather than a row of a table that does. */
  Optional<Proof> of(Occurrence occurrence) throws SQLException {
    List<MentionPlace> places = places(occurrence.documentId(), occurrence.entityId());
    if (places.isEmpty()) {
      return Optional.empty();
    }
    String text = text(occurrence.documentId());
    Sentence sentence =
        places.stream()
            .map(MentionPlace::sentence)
            .filter(
                found ->
                    !Quotation.isRow(
                        text.substring(
                            Math.min(found.start(), text.length()),
                            Math.min(found.end(), text.length()))))
            .findFirst()
            .orElse(places.get(0).sentence());
    return quote(occurrence.documentId(), sentence, places, List.of());
  }

  /**
   * A sentence that proves an edge. Looks through the documents of the node that has fewer.
   *
   * @param one a node at one end
   * @param two that at the other
   */
  Optional<Proof> of(GraphEdge edge, GraphNode one, GraphNode two) throws SQLException {
    GraphNode node = one.documents() <= two.documents() ? one : two;
    String rarer = node.key();
    String other = edge.other(rarer);
    boolean fromSource = edge.source().equals(rarer);
    // To find one takes as many documents on average as the node has for one with the edge.
    long likely = node.documents() / Math.max(1, edge.documents());
    int step = (int) Math.max(LEAST_DOCUMENTS, Math.min(MORE_DOCUMENTS, likely / 2));
    for (int looked = 0; looked < MOST_DOCUMENTS; looked += step) {
      List<Occurrence> all = occurrences(rarer, looked + step);
      Optional<Proof> proof =
          among(edge, all.subList(Math.min(looked, all.size()), all.size()), other, fromSource);
      if (proof.isPresent() || all.size() < looked + step) {
        return proof;
      }
    }
    return Optional.empty();
  }

  /** The first entities of a node, which edges of several types have in common. */
  private List<Occurrence> occurrences(String node, int most) throws SQLException {
    List<Occurrence> known = occurrences.getOrDefault(node, List.of());
    if (known.size() < most) {
      known = nodes.occurrences(connection, node, Math.max(most, 2 * known.size()));
      occurrences.put(node, known);
    }
    return known.subList(0, Math.min(most, known.size()));
  }

  /** By the relationships of these entities, of which a document has a few each. */
  private Optional<Proof> among(
      GraphEdge edge, List<Occurrence> occurrences, String other, boolean fromSource)
      throws SQLException {
    Map<String, Occurrence> ends = new LinkedHashMap<>();
    nodes
        .beside(connection, occurrences, other)
        .forEach(occurrence -> ends.put(occurrence.entityId(), occurrence));
    List<Statement> statements = new ArrayList<>();
    if (fromSource || !edge.isDirected()) {
      statements.addAll(statements(edge.type(), "source_entity_id", "target_entity_id", ends));
    }
    if (!fromSource || !edge.isDirected()) {
      statements.addAll(statements(edge.type(), "target_entity_id", "source_entity_id", ends));
    }
    Set<String> others =
        nodes.entitiesOf(
            connection, other, statements.stream().map(Statement::other).collect(toSet()));
    List<String> order = List.copyOf(ends.keySet());
    for (Statement statement :
        statements.stream()
            .filter(found -> others.contains(found.other()))
            .sorted(
                Comparator.comparingInt((Statement found) -> order.indexOf(found.end().entityId()))
                    .thenComparing(Statement::id))
            .toList()) {
      Optional<Proof> proof = of(statement);
      if (proof.isPresent()) {
        return proof;
      }
    }
    return Optional.empty();
  }

  private List<Statement> statements(
      String type, String column, String otherColumn, Map<String, Occurrence> ends)
      throws SQLException {
    return KeyedRows.select(
            connection,
            tables.relationships(),
            List.of("relationship_id", column, otherColumn, "relationship_type"),
            column,
            ends.keySet())
        .stream()
        .filter(row -> type.equals(row.get(3)) && ends.containsKey(row.text(1)))
        .map(
            row ->
                new Statement(
                    row.text(0),
                    Objects.requireNonNull(ends.get(row.text(1)), "selected by it"),
                    row.text(2)))
        .toList();
  }

  private Optional<Proof> of(Statement statement) throws SQLException {
    String document = statement.end().documentId();
    List<MentionPlace> ends = places(document, statement.end().entityId());
    List<MentionPlace> others = places(document, statement.other());
    Set<Sentence> common = new TreeSet<>(IN_TEXT);
    if (isStored) {
      for (Row row :
          KeyedRows.select(
              connection,
              evidence.statements(),
              List.of("sentence_start", "sentence_end"),
              "relationship_id",
              List.of(statement.id()))) {
        common.add(sentence(row, 0));
      }
    }
    if (common.isEmpty()) {
      ends.forEach(place -> common.add(place.sentence()));
      common.retainAll(others.stream().map(MentionPlace::sentence).toList());
    }
    Optional<Sentence> first = common.stream().findFirst();
    return first.isPresent() ? quote(document, first.get(), ends, others) : Optional.empty();
  }

  private Optional<Proof> quote(
      String document, Sentence sentence, List<MentionPlace> ends, List<MentionPlace> others)
      throws SQLException {
    String text = text(document);
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(Quotation.proof(document, text, sentence, ends, others));
  }

  /** Where an entity is mentioned, in the order of the text. */
  private List<MentionPlace> places(String document, String entityId) throws SQLException {
    List<MentionPlace> places = new ArrayList<>();
    if (isStored) {
      for (Row row :
          KeyedRows.select(
              connection,
              evidence.mentions(),
              List.of("mention_start", "mention_end", "sentence_start", "sentence_end"),
              "entity_id",
              List.of(entityId))) {
        places.add(new MentionPlace((int) row.number(0), (int) row.number(1), sentence(row, 2)));
      }
    }
    if (places.isEmpty()) {
      places.addAll(placesOfName(document, entityId));
    }
    places.sort(Comparator.comparingInt(MentionPlace::start));
    return places;
  }

  /** For documents that were stored without places, by this program or another. */
  private List<MentionPlace> placesOfName(String document, String entityId) throws SQLException {
    String text = text(document);
    List<Span> sentences = SentenceSplitter.split(text);
    List<MentionPlace> places = new ArrayList<>();
    for (Row row :
        KeyedRows.select(
            connection,
            tables.entities(),
            List.of("entity_name"),
            "entity_id",
            List.of(entityId))) {
      for (Span span : found(text, row.text(0))) {
        Span in =
            sentences.stream()
                .filter(sentence -> sentence.end() > span.start())
                .findFirst()
                .orElseThrow();
        places.add(new MentionPlace(span.start(), span.end(), new Sentence(in.start(), in.end())));
      }
    }
    return places;
  }

  /** In any case: the locator prefers a name's exact spelling. */
  private static Collection<Span> found(String text, String name) {
    MentionLocator locator = new MentionLocator(text);
    Map<Integer, Span> found = new TreeMap<>();
    for (String spelling : Spellings.of(name)) {
      locator.find(spelling).forEach(span -> found.putIfAbsent(span.start(), span));
    }
    return found.values();
  }

  private String text(String document) throws SQLException {
    String known = texts.get(document);
    if (known == null) {
      known =
          KeyedRows.select(
                  connection,
                  tables.documents(),
                  List.of("text_content"),
                  "doc_id",
                  List.of(document))
              .stream()
              .map(row -> row.get(0) instanceof String text ? text : "")
              .findFirst()
              .orElse("");
      texts.put(document, known);
    }
    return known;
  }

  private static Sentence sentence(Row row, int column) {
    return new Sentence((int) row.number(column), (int) row.number(column + 1));
  }
}

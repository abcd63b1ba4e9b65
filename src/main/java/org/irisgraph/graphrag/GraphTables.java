package org.irisgraph.graphrag;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Embedding;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.graph.Relationship;
import org.irisgraph.iris.DerivedColumns;
import org.irisgraph.iris.ForeignRows;
import org.irisgraph.iris.RowRule;
import org.irisgraph.iris.TableWrite;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.VectorColumn;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a document in the three tables of GraphRAG. Of the columns that iris-vector-rag's
 * versions know, those are written that the database has.
 */
public final class GraphTables implements Serializable {

  /** The column of {@link #documents} for the vectors of texts. */
  public static final String EMBEDDING = "embedding";

  private final String schema;
  private final boolean inPlace;
  private final @Nullable LinkedTables linked;
  private final boolean sameAs;
  private final @Nullable EvidenceTables evidence;
  private final @Nullable VectorColumn vector;

  /** The tables of a schema. */
  public GraphTables(String schema) {
    this(schema, false, null, false, null, null);
  }

  private GraphTables(
      String schema,
      boolean inPlace,
      @Nullable LinkedTables linked,
      boolean sameAs,
      @Nullable EvidenceTables evidence,
      @Nullable VectorColumn vector) {
    this.schema = schema;
    this.inPlace = inPlace;
    this.linked = linked;
    this.sameAs = sameAs;
    this.evidence = evidence;
    this.vector = vector;
  }

  /** The same for documents that exist already and whose rows must not be changed. */
  public GraphTables inPlace() {
    return new GraphTables(schema, true, linked, sameAs, evidence, vector);
  }

  /** The same with the node of each entity. */
  public GraphTables linkedBy(LinkedTables tables) {
    return new GraphTables(schema, inPlace, tables, sameAs, evidence, vector);
  }

  /** The same with relationships of type {@code same_as} between the entities of a node. */
  public GraphTables withSameAs() {
    return new GraphTables(schema, inPlace, linked, true, evidence, vector);
  }

  /** The same with what proves entities and relationships. */
  public GraphTables provedBy(EvidenceTables tables) {
    return new GraphTables(schema, inPlace, linked, sameAs, tables, vector);
  }

  /** The same with the vectors of texts, in a column of {@link #documents}. */
  public GraphTables withVectors(VectorColumn column) {
    return new GraphTables(schema, inPlace, linked, sameAs, evidence, column);
  }

  /** The tables of what proves the graph, if it is stored. */
  public Optional<EvidenceTables> evidence() {
    return Optional.ofNullable(evidence);
  }

  /** Whether entities of different documents are linked by {@link SameAs} relationships. */
  public boolean hasSameAs() {
    return sameAs;
  }

  /** The tables of the linked graph, if entities are linked. */
  public Optional<LinkedTables> linked() {
    return Optional.ofNullable(linked);
  }

  /** Whether the rows of documents are left unchanged. */
  public boolean isInPlace() {
    return inPlace;
  }

  /** {@code SCHEMA.SourceDocuments}. */
  public String documents() {
    return schema + ".SourceDocuments";
  }

  /** {@code SCHEMA.Entities}. */
  public String entities() {
    return schema + ".Entities";
  }

  /** {@code SCHEMA.EntityRelationships}. */
  public String relationships() {
    return schema + ".EntityRelationships";
  }

  /** {@code SCHEMA.Communities}. */
  String communities() {
    return schema + ".Communities";
  }

  /** The id of a document, which owns its rows; without an id, its origin. */
  public static String owner(DocumentGraph graph) {
    return Objects.requireNonNullElseGet(graph.documentId(), graph.origin()::toString);
  }

  /** The most rows that a document has in one table, at least 1. */
  public static int rows(DocumentGraph graph) {
    int mentions = graph.entities().stream().mapToInt(entity -> entity.places().size()).sum();
    int statements =
        graph.relationships().stream().mapToInt(stated -> stated.statedIn().size()).sum();
    return IntStream.of(
            1, graph.entities().size(), graph.relationships().size(), mentions, statements)
        .max()
        .getAsInt();
  }

  /** The approximate size of a document in memory and on the wire. */
  public static long bytes(DocumentGraph graph) {
    String metadata = graph.metadata();
    return graph.text().length() + (metadata == null ? 0L : metadata.length());
  }

  /**
   * The writes of a document, in foreign-key order.
   *
   * @param foreignRows what to do with the entities and relationships that other applications, such
   *     as iris-vector-rag, have stored for a document; they are recognised by their ids
   */
  public List<TableWrite<DocumentGraph>> writes(ForeignRows foreignRows) {
    TableWrite<DocumentGraph> entities = entityWrite().withForeignRows(GraphIds::isOf, foreignRows);
    TableWrite<DocumentGraph> relationships =
        relationshipWrite().withForeignRows(GraphIds::isOf, foreignRows);
    List<TableWrite<DocumentGraph>> writes = new ArrayList<>();
    if (inPlace) {
      writes.add(entities.ofParts());
      if (vector != null) {
        writes.add(vectorUpdate(vector));
      }
    } else {
      writes.add(documentWrite());
      writes.add(entities.withReference("source_doc_id", documents()));
    }
    writes.add(relationships);
    if (evidence != null) {
      writes.addAll(evidence.writes(entities(), relationships()));
    }
    if (linked != null) {
      writes.add(linked.entityNodeWrite(entities()));
    }
    return List.copyOf(writes);
  }

  /** The same, keeping the rows of other applications. */
  public List<TableWrite<DocumentGraph>> writes() {
    return writes(ForeignRows.KEEP);
  }

  /** The vector of a document's text, if iris-vector-rag computes it and not the run. */
  Optional<DerivedColumns> derived() {
    return vector == null
        ? Optional.of(new DerivedColumns(documents(), "doc_id", List.of(EMBEDDING)))
        : Optional.empty();
  }

  private TableWrite<DocumentGraph> vectorUpdate(VectorColumn column) {
    return TableWrite.<DocumentGraph>into(documents())
        .withColumns(column.name(), "doc_id")
        .withKey("doc_id")
        .withVector(column)
        .updatingOnly()
        .ofParts()
        .withRows(
            graph ->
                graph.isFailed()
                    ? List.of()
                    : List.of(Row.of(vector(graph, column), graph.documentId())));
  }

  private static @Nullable Object vector(DocumentGraph graph, VectorColumn column) {
    Embedding embedding = graph.embedding();
    return embedding == null ? null : column.value(embedding);
  }

  private TableWrite<DocumentGraph> documentWrite() {
    VectorColumn column = vector;
    TableWrite<DocumentGraph> write = TableWrite.into(documents());
    return (column == null
            ? write
                .withColumns("doc_id", "text_content", "metadata")
                .withRows(GraphTables::documentRows)
            : write
                .withColumns("doc_id", "text_content", "metadata", column.name())
                .withVector(column)
                .withRows(graph -> documentRows(graph, column)))
        .withKey("doc_id")
        .withOptionalColumns("metadata")
        .withOwner("doc_id")
        .withRule(row -> notBlank("doc_id", row.get(0)).or(() -> notBlank("text", row.get(1))));
  }

  private TableWrite<DocumentGraph> entityWrite() {
    return TableWrite.<DocumentGraph>into(entities())
        .withColumns(
            "entity_id", "entity_name", "entity_type", "description", "confidence", "source_doc_id")
        .withKey("entity_id")
        .withOptionalColumns("description", "confidence")
        .withOwner("source_doc_id")
        .withRows(GraphTables::entityRows)
        .withRule(
            row ->
                notBlank("entity_name", row.get(1))
                    .or(() -> notBlank("entity_type", row.get(2)))
                    .or(() -> inUnitInterval("confidence", row.get(4))));
  }

  private TableWrite<DocumentGraph> relationshipWrite() {
    return TableWrite.<DocumentGraph>into(relationships())
        .withColumns(
            "relationship_id",
            "source_entity_id",
            "target_entity_id",
            "relationship_type",
            "weight",
            "confidence",
            "source_document")
        .withKey("relationship_id")
        .withOptionalColumns("weight", "confidence", "source_document")
        .withOwner("source_document")
        .withOwnerThrough("source_entity_id", entities(), "entity_id", "source_doc_id")
        .withReference("source_entity_id", entities())
        .withReference("target_entity_id", entities())
        .withLinks(SameAs.COLUMNS, SameAs::isLink, sameAs)
        .withRows(GraphTables::relationshipRows)
        .withRule(
            row ->
                notBlank("relationship_type", row.get(3))
                    .or(() -> inUnitInterval("confidence", row.get(5)))
                    .or(() -> endpointsDiffer(row)));
  }

  private static List<Row> documentRows(DocumentGraph graph) {
    return graph.isFailed()
        ? List.of()
        : List.of(Row.of(graph.documentId(), graph.text(), graph.metadata()));
  }

  private static List<Row> documentRows(DocumentGraph graph, VectorColumn column) {
    return graph.isFailed()
        ? List.of()
        : List.of(
            Row.of(graph.documentId(), graph.text(), graph.metadata(), vector(graph, column)));
  }

  private static List<Row> entityRows(DocumentGraph graph) {
    List<Row> rows = new ArrayList<>(graph.entities().size());
    for (Entity entity : graph.entities()) {
      rows.add(
          Row.of(
              entity.id(),
              entity.name(),
              entity.type(),
              description(entity),
              entity.confidence(),
              graph.documentId()));
    }
    return rows;
  }

  /** Describes the mentions in words, since the tables have no columns for them. */
  private static String description(Entity entity) {
    // Concatenated, since String.format took a tenth of the workers' time.
    return entity.mentions()
        + (entity.mentions() == 1 ? " mention" : " mentions")
        + ", the first at characters "
        + entity.start()
        + " to "
        + entity.end()
        + ", found by "
        + entity.extractors();
  }

  private static List<Row> relationshipRows(DocumentGraph graph) {
    List<Row> rows = new ArrayList<>(graph.relationships().size());
    for (Relationship relationship : graph.relationships()) {
      rows.add(
          Row.of(
              relationship.id(),
              relationship.sourceEntityId(),
              relationship.targetEntityId(),
              relationship.type(),
              relationship.weight(),
              relationship.confidence(),
              graph.documentId()));
    }
    return rows;
  }

  private static Optional<RowRule.Violation> notBlank(String column, @Nullable Object value) {
    return value == null || ((String) value).isBlank()
        ? Optional.of(new RowRule.Violation("BLANK", column + " is blank"))
        : Optional.empty();
  }

  private static Optional<RowRule.Violation> inUnitInterval(String column, @Nullable Object value) {
    return value instanceof Double number && number >= 0 && number <= 1
        ? Optional.empty()
        : Optional.of(
            new RowRule.Violation(
                "OUT_OF_RANGE", "%s is %s, not between 0 and 1".formatted(column, value)));
  }

  private static Optional<RowRule.Violation> endpointsDiffer(Row row) {
    return Objects.equals(row.get(1), row.get(2))
        ? Optional.of(
            new RowRule.Violation(
                "SELF_LOOP", "the entity %s is linked to itself".formatted(row.get(1))))
        : Optional.empty();
  }
}

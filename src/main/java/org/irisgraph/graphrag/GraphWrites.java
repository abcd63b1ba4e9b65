package org.irisgraph.graphrag;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Embedding;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.graph.Passage;
import org.irisgraph.graph.PassageIds;
import org.irisgraph.graph.Relationship;
import org.irisgraph.iris.spec.ForeignRows;
import org.irisgraph.iris.spec.RowRule;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.VectorColumn;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a document in the tables of its graph. Of the columns that iris-vector-rag's versions
 * know, those are written that the database has.
 */
final class GraphWrites {

  private final GraphTables tables;
  private final @Nullable GraphVectors vectors;

  /**
   * The rows for some tables.
   *
   * @param vectors the columns for vectors, if they are stored
   */
  GraphWrites(GraphTables tables, @Nullable GraphVectors vectors) {
    this.tables = tables;
    this.vectors = vectors;
  }

  /** The writes in foreign-key order. */
  List<TableWrite<DocumentGraph>> of(ForeignRows foreignRows) {
    TableWrite<DocumentGraph> entities =
        entityWrite().withForeignRows(GraphWrites::isOwn, foreignRows);
    TableWrite<DocumentGraph> relationships =
        relationshipWrite().withForeignRows(GraphWrites::isOwn, foreignRows);
    List<TableWrite<DocumentGraph>> writes = new ArrayList<>();
    if (tables.isInPlace()) {
      writes.add(entities.ofParts());
      if (vectors != null) {
        writes.add(textUpdate(vectors.texts()));
      }
    } else {
      writes.add(documentWrite());
      writes.add(entities.withReference("source_doc_id", tables.documents()));
    }
    writes.add(relationships);
    tables
        .evidence()
        .ifPresent(
            evidence -> writes.addAll(evidence.writes(tables.entities(), tables.relationships())));
    EvidenceTables former = tables.formerEvidence();
    if (former != null) {
      writes.addAll(former.deletions());
    }
    tables.linked().ifPresent(linked -> writes.add(linked.entityNodeWrite(tables.entities())));
    return List.copyOf(writes);
  }

  /** The updates of all vectors of a document in rows that are stored already. */
  List<TableWrite<DocumentGraph>> vectorUpdates() {
    GraphVectors columns = Objects.requireNonNull(vectors, "vectors");
    List<TableWrite<DocumentGraph>> updates = new ArrayList<>();
    updates.add(textUpdate(columns.texts()));
    VectorColumn ofEntities = columns.entities();
    if (ofEntities != null) {
      updates.add(
          vectorUpdate(tables.entities(), "entity_id", ofEntities)
              .withRows(graph -> entityVectors(graph, ofEntities)));
    }
    VectorColumn ofRelationships = columns.relationships();
    if (ofRelationships != null) {
      updates.add(
          vectorUpdate(tables.relationships(), "relationship_id", ofRelationships)
              .withRows(graph -> relationshipVectors(graph, ofRelationships)));
    }
    return List.copyOf(updates);
  }

  /** The update of the vectors of a text and its passages, whoever stores the text. */
  private TableWrite<DocumentGraph> textUpdate(VectorColumn column) {
    return vectorUpdate(tables.documents(), "doc_id", column)
        .withRows(graph -> vectorRows(graph, column));
  }

  private static TableWrite<DocumentGraph> vectorUpdate(
      String table, String key, VectorColumn column) {
    return TableWrite.<DocumentGraph>into(table)
        .withColumns(column.name(), key)
        .withKey(key)
        .withVector(column)
        .updatingOnly()
        .ofParts();
  }

  private static List<Row> entityVectors(DocumentGraph graph, VectorColumn column) {
    List<Row> rows = new ArrayList<>(graph.entities().size());
    for (Entity entity : graph.entities()) {
      rows.add(Row.of(value(graph.entityEmbeddings(), rows.size(), column), entity.id()));
    }
    return rows;
  }

  private static List<Row> relationshipVectors(DocumentGraph graph, VectorColumn column) {
    List<Row> rows = new ArrayList<>(graph.relationships().size());
    for (Relationship relationship : graph.relationships()) {
      rows.add(
          Row.of(value(graph.relationshipEmbeddings(), rows.size(), column), relationship.id()));
    }
    return rows;
  }

  private static List<Row> vectorRows(DocumentGraph graph, VectorColumn column) {
    if (graph.isFailed()) {
      return List.of();
    }
    String id = graph.requireDocumentId();
    List<Row> rows = new ArrayList<>(1 + graph.passages().size());
    rows.add(Row.of(value(graph.embedding(), column), id));
    for (int i = 0; i < graph.passages().size(); i++) {
      rows.add(Row.of(value(graph.passages().get(i).embedding(), column), PassageIds.of(id, i)));
    }
    return rows;
  }

  private static @Nullable Object value(@Nullable Embedding embedding, VectorColumn column) {
    return embedding == null ? null : column.value(embedding);
  }

  private TableWrite<DocumentGraph> documentWrite() {
    VectorColumn column = vectors == null ? null : vectors.texts();
    List<String> columns = new ArrayList<>(List.of("doc_id", "text_content", "metadata"));
    if (column != null) {
      columns.add(column.name());
    }
    return TableWrite.<DocumentGraph>into(tables.documents())
        .withColumns(columns.toArray(String[]::new))
        .withKey("doc_id")
        .withOptionalColumns("metadata")
        .withOwner("doc_id")
        .withAllRowsOrNone()
        .withRows(graph -> documentRows(graph, column))
        .withRule(row -> notBlank("doc_id", row.get(0)).or(() -> notBlank("text", row.get(1))))
        .withVector(column);
  }

  private TableWrite<DocumentGraph> entityWrite() {
    VectorColumn column = vectors == null ? null : vectors.entities();
    return TableWrite.<DocumentGraph>into(tables.entities())
        .withColumns(
            "entity_id",
            "entity_name",
            "entity_type",
            "description",
            "confidence",
            "source_doc_id",
            GraphTables.EMBEDDING)
        .withKey("entity_id")
        .withOptionalColumns("description", "confidence", GraphTables.EMBEDDING)
        .withOwner("source_doc_id")
        .withRows(graph -> entityRows(graph, column))
        .withRule(
            row ->
                notBlank("entity_name", row.get(1))
                    .or(() -> notBlank("entity_type", row.get(2)))
                    .or(() -> inUnitInterval("confidence", row.get(4))))
        .withVector(column);
  }

  private TableWrite<DocumentGraph> relationshipWrite() {
    VectorColumn column = vectors == null ? null : vectors.relationships();
    return TableWrite.<DocumentGraph>into(tables.relationships())
        .withColumns(
            "relationship_id",
            "source_entity_id",
            "target_entity_id",
            "relationship_type",
            "weight",
            "confidence",
            "source_document",
            GraphTables.RELATION_EMBEDDING)
        .withKey("relationship_id")
        .withOptionalColumns(
            "weight", "confidence", "source_document", GraphTables.RELATION_EMBEDDING)
        .withOwner("source_document")
        .withOwnerThrough("source_entity_id", tables.entities(), "entity_id", "source_doc_id")
        .withReference("source_entity_id", tables.entities())
        .withReference("target_entity_id", tables.entities())
        .withLinks(SameAs.COLUMNS, SameAs::isLink, tables.hasSameAs())
        .withRows(graph -> relationshipRows(graph, column))
        .withRule(
            row ->
                notBlank("relationship_type", row.get(3))
                    .or(() -> inUnitInterval("confidence", row.get(5)))
                    .or(() -> endpointsDiffer(row)))
        .withVector(column);
  }

  private static List<Row> documentRows(DocumentGraph graph, @Nullable VectorColumn column) {
    if (graph.isFailed()) {
      return List.of();
    }
    String id = graph.requireDocumentId();
    List<Row> rows = new ArrayList<>(1 + graph.passages().size());
    rows.add(documentRow(id, graph.text(), graph.metadata(), graph.embedding(), column));
    String metadata = graph.passageMetadata();
    for (int i = 0; i < graph.passages().size(); i++) {
      Passage passage = graph.passages().get(i);
      rows.add(
          documentRow(
              PassageIds.of(id, i),
              graph.text().substring(passage.start(), passage.end()),
              metadata == null ? null : PassageMetadata.of(id, i, passage, metadata),
              passage.embedding(),
              column));
    }
    return rows;
  }

  private static Row documentRow(
      String id,
      String text,
      @Nullable String metadata,
      @Nullable Embedding embedding,
      @Nullable VectorColumn column) {
    return column == null
        ? Row.of(id, text, metadata)
        : Row.of(id, text, metadata, value(embedding, column));
  }

  /** Whether a document stored a row, given the id of the document or of its passage. */
  private static boolean isOwn(String owner, String id) {
    return GraphIds.isOf(GraphIds.documentOf(owner, id), id);
  }

  /** The vector of an index; null, which takes a former one away, if it was not computed. */
  private static @Nullable Object value(
      List<Embedding> embeddings, int index, @Nullable VectorColumn column) {
    return column == null || embeddings.isEmpty() ? null : column.value(embeddings.get(index));
  }

  private static List<Row> entityRows(DocumentGraph graph, @Nullable VectorColumn column) {
    List<Row> rows = new ArrayList<>(graph.entities().size());
    for (Entity entity : graph.entities()) {
      rows.add(
          Row.of(
              entity.id(),
              entity.name(),
              entity.type(),
              description(entity),
              entity.confidence(),
              graph.rowWith(entity.start(), entity.end()),
              value(graph.entityEmbeddings(), rows.size(), column)));
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

  private static List<Row> relationshipRows(DocumentGraph graph, @Nullable VectorColumn column) {
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
              graph.documentId(),
              value(graph.relationshipEmbeddings(), rows.size(), column)));
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

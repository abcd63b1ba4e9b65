package org.irisgraph.graphrag;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Embedding;
import org.irisgraph.iris.spec.ChangeLog;
import org.irisgraph.iris.spec.DerivedColumns;
import org.irisgraph.iris.spec.ForeignRows;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.jdbc.VectorColumn;
import org.jspecify.annotations.Nullable;

/** Which tables a graph is stored in: the three of GraphRAG and those beside the ledger. */
@AutoValue
public abstract class GraphTables implements Serializable {

  /** The column of {@link #documents} for the vectors of texts, of {@link #entities} for names. */
  public static final String EMBEDDING = "embedding";

  /** The column of {@link #relationships} for the vectors of what they say. */
  public static final String RELATION_EMBEDDING = "relation_embedding";

  GraphTables() {}

  abstract String schema();

  /** Whether the rows of documents are left unchanged. */
  public abstract boolean isInPlace();

  abstract @Nullable LinkedTables linkedTables();

  abstract @Nullable LinkedTables formerLinks();

  /** Whether entities of different documents are linked by {@link SameAs} relationships. */
  public abstract boolean hasSameAs();

  abstract @Nullable EvidenceTables evidenceTables();

  abstract @Nullable EvidenceTables formerEvidence();

  abstract @Nullable GraphVectors vectorColumns();

  /** Whether the parts of texts are stored beside them. */
  public abstract boolean hasPassages();

  abstract Builder toBuilder();

  /** Sets the values by name. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setSchema(String schema);

    abstract Builder setIsInPlace(boolean inPlace);

    abstract Builder setLinkedTables(@Nullable LinkedTables tables);

    abstract Builder setFormerLinks(@Nullable LinkedTables tables);

    abstract Builder setHasSameAs(boolean sameAs);

    abstract Builder setEvidenceTables(@Nullable EvidenceTables tables);

    abstract Builder setFormerEvidence(@Nullable EvidenceTables tables);

    abstract Builder setVectorColumns(@Nullable GraphVectors columns);

    abstract Builder setHasPassages(boolean passages);

    abstract GraphTables build();
  }

  /** The tables of a schema. */
  public static GraphTables of(String schema) {
    return new AutoValue_GraphTables.Builder()
        .setSchema(schema)
        .setIsInPlace(false)
        .setHasSameAs(false)
        .setHasPassages(false)
        .build();
  }

  /** The same for documents that exist already and whose rows must not be changed. */
  public GraphTables inPlace() {
    return toBuilder().setIsInPlace(true).build();
  }

  /** The same with the node of each entity. */
  public GraphTables linkedBy(LinkedTables tables) {
    return toBuilder().setLinkedTables(tables).build();
  }

  /** The same with tables of earlier settings, which learn of replaced documents. */
  public GraphTables formerlyLinkedBy(LinkedTables tables) {
    return toBuilder().setFormerLinks(tables).build();
  }

  /** The same with relationships of type {@code same_as} between the entities of a node. */
  public GraphTables withSameAs() {
    return toBuilder().setHasSameAs(true).build();
  }

  /** The same with what proves entities and relationships. */
  public GraphTables provedBy(EvidenceTables tables) {
    return toBuilder().setEvidenceTables(tables).build();
  }

  /** The same with tables of earlier settings, whose rows go when their document is replaced. */
  public GraphTables formerlyProvedBy(EvidenceTables tables) {
    return toBuilder().setFormerEvidence(tables).build();
  }

  /** The same with the vectors of texts, in a column of {@link #documents}. */
  public GraphTables withVectors(VectorColumn column) {
    return withVectors(new GraphVectors(column, null, null));
  }

  /** The same with the vectors of texts, and of entities and relationships that have a column. */
  public GraphTables withVectors(GraphVectors columns) {
    return toBuilder().setVectorColumns(columns).build();
  }

  /** The same with rows for the parts of texts beside those of documents. */
  public GraphTables withPassages() {
    return toBuilder().setHasPassages(true).build();
  }

  /** Whether the names of entities have vectors, in the rows of the entities. */
  public boolean hasEntityVectors() {
    return vectorColumns() != null && vectorColumns().entities() != null;
  }

  /** Whether relationships have vectors, in their rows. */
  public boolean hasRelationshipVectors() {
    return vectorColumns() != null && vectorColumns().relationships() != null;
  }

  /** Whether entities or relationships have vectors, in their rows. */
  public boolean hasGraphVectors() {
    return hasEntityVectors() || hasRelationshipVectors();
  }

  /** The column for the vectors of texts, if the run computes them. */
  public Optional<VectorColumn> vectors() {
    return Optional.ofNullable(vectorColumns()).map(GraphVectors::texts);
  }

  /** The tables of what proves the graph, if it is stored. */
  public Optional<EvidenceTables> evidence() {
    return Optional.ofNullable(evidenceTables());
  }

  /** The tables of the linked graph, if entities are linked. */
  public Optional<LinkedTables> linked() {
    return Optional.ofNullable(linkedTables());
  }

  /** Where the documents that change are recorded, if entities are linked or were before. */
  public Optional<ChangeLog> changeLog() {
    if (linkedTables() != null) {
      return Optional.of(new GraphChangeLog(linkedTables()));
    }
    return Optional.ofNullable(formerLinks()).map(UnlinkedChanges::new);
  }

  /** {@code SCHEMA.SourceDocuments}. */
  public String documents() {
    return schema() + ".SourceDocuments";
  }

  /** {@code SCHEMA.Entities}. */
  public String entities() {
    return schema() + ".Entities";
  }

  /** {@code SCHEMA.EntityRelationships}. */
  public String relationships() {
    return schema() + ".EntityRelationships";
  }

  /** {@code SCHEMA.Communities}. */
  String communities() {
    return schema() + ".Communities";
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
            1 + graph.passages().size(),
            graph.entities().size(),
            graph.relationships().size(),
            mentions,
            statements)
        .max()
        .getAsInt();
  }

  /**
   * The approximate size of a document's texts and metadata, with those of its passages, and of the
   * vectors of its entities and relationships.
   */
  public static long bytes(DocumentGraph graph) {
    long passages =
        graph.passages().stream().mapToLong(passage -> passage.end() - passage.start()).sum();
    return graph.text().length()
        + length(graph.metadata())
        + passages
        + length(graph.passageMetadata()) * graph.passages().size()
        + bytes(graph.entityEmbeddings())
        + bytes(graph.relationshipEmbeddings());
  }

  private static long bytes(List<Embedding> vectors) {
    return vectors.isEmpty() ? 0 : (long) Float.BYTES * vectors.get(0).dimension() * vectors.size();
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  /**
   * The writes of a document, in foreign-key order.
   *
   * @param foreignRows what to do with the entities and relationships that other applications, such
   *     as iris-vector-rag, have stored for a document; they are recognised by their ids
   */
  public List<TableWrite<DocumentGraph>> writes(ForeignRows foreignRows) {
    return new GraphWrites(this, vectorColumns()).of(foreignRows);
  }

  /** The writes of nothing but a document's vectors, into the rows that exist. */
  public List<TableWrite<DocumentGraph>> vectorWrites() {
    return new GraphWrites(this, vectorColumns()).vectorUpdates();
  }

  /** The same, keeping the rows of other applications. */
  public List<TableWrite<DocumentGraph>> writes() {
    return writes(ForeignRows.KEEP);
  }

  /** The vector of a document's text, if the run does not store it together with the text. */
  public Optional<DerivedColumns> derived() {
    return vectorColumns() == null || isInPlace()
        ? Optional.of(new DerivedColumns(documents(), "doc_id", List.of(EMBEDDING)))
        : Optional.empty();
  }
}

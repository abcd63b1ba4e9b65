package org.irisgraph.graph;

import com.google.auto.value.AutoValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document with everything found in it, or the reason why there is no graph: the element that
 * flows through the pipeline.
 */
@AutoValue
public abstract class DocumentGraph {

  /** The document's id; null only if a failure left it unknown. */
  public abstract @Nullable String documentId();

  /** Where it was read. */
  public abstract Origin origin();

  /** The text to store; empty if there is a failure or the document is stored already. */
  public abstract String text();

  /** A JSON object that fits its column, or null if there is nothing to store. */
  public abstract @Nullable String metadata();

  /** How many keys of the metadata did not fit. */
  public abstract int metadataKeysCut();

  /** SHA-256 of text and metadata in lower-case hexadecimal; empty if unread. */
  public abstract String contentHash();

  /** In the order of their first mention. */
  public abstract List<Entity> entities();

  /** Relationships between those entities. */
  public abstract List<Relationship> relationships();

  /** How many relationships exceeded the limit of their sentence. */
  public abstract int relationshipsDropped();

  /** The parts of the text that are stored beside it, in their order; none if it is not divided. */
  public abstract List<Passage> passages();

  /**
   * A JSON object with what of the document's metadata fits beside that of its passages; null if
   * their metadata does not fit either.
   */
  public abstract @Nullable String passageMetadata();

  /** The vector of the text, or null if there is none. */
  public abstract @Nullable Embedding embedding();

  /** The vectors of the names of the entities, in their order; empty if there are none. */
  public abstract List<Embedding> entityEmbeddings();

  /** The vectors of what the relationships say, in their order; empty if there are none. */
  public abstract List<Embedding> relationshipEmbeddings();

  /** How long extraction took. */
  public abstract double extractionMillis();

  /** Why there is no graph, or null if there is one. */
  public abstract @Nullable Failure failure();

  /**
   * The id of a document whose id is known.
   *
   * @throws IllegalStateException if it is unknown
   */
  public final String requireDocumentId() {
    String id = documentId();
    if (id == null) {
      throw new IllegalStateException(
          "the id of the document at %s is unknown".formatted(origin()));
    }
    return id;
  }

  /** The parts of the text that an embedding model is given: its passages, or all of it. */
  public final List<String> embeddedTexts() {
    return passages().isEmpty()
        ? List.of(text())
        : passages().stream()
            .map(passage -> text().substring(passage.start(), passage.end()))
            .toList();
  }

  /** What the relationships say, in their order, as in {@code treats: colchicine → gout}. */
  public final List<String> statements() {
    Map<String, String> names = new HashMap<>();
    entities().forEach(entity -> names.put(entity.id(), entity.name()));
    return relationships().stream()
        .map(
            relationship ->
                Relationship.statement(
                    relationship.type(),
                    String.valueOf(names.get(relationship.sourceEntityId())),
                    String.valueOf(names.get(relationship.targetEntityId()))))
        .toList();
  }

  /** The same with the vectors of {@link #embeddedTexts}. */
  public final DocumentGraph withEmbeddings(List<Embedding> vectors) {
    if (passages().isEmpty()) {
      return toBuilder().setEmbedding(vectors.get(0)).build();
    }
    List<Passage> embedded = new ArrayList<>(passages().size());
    for (int i = 0; i < passages().size(); i++) {
      embedded.add(passages().get(i).withEmbedding(vectors.get(i)));
    }
    return toBuilder().setPassages(embedded).build();
  }

  /**
   * The id of the row with a part of the text: of the first passage that has all of it, else of the
   * first that has its beginning, or of the document if it has no passages.
   */
  public final String rowWith(int start, int end) {
    if (passages().isEmpty()) {
      return requireDocumentId();
    }
    int whole = passageThatEndsAt(end);
    return PassageIds.of(
        requireDocumentId(),
        passages().get(whole).start() <= start ? whole : passageThatEndsAt(start + 1));
  }

  /** The first passage that ends at a position or after it, else the last. */
  private int passageThatEndsAt(int position) {
    int low = 0;
    int high = passages().size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (passages().get(middle).end() >= position) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Whether there is no graph. */
  public final boolean isFailed() {
    return failure() != null;
  }

  /** A document of which there is no graph. */
  public static DocumentGraph failed(@Nullable String documentId, Origin origin, Failure failure) {
    return builder().setDocumentId(documentId).setOrigin(origin).setFailure(failure).build();
  }

  /** A document that was read, and of which there is no graph. */
  public static DocumentGraph failed(
      String documentId, Origin origin, String contentHash, Failure failure) {
    return failed(documentId, origin, failure).toBuilder().setContentHash(contentHash).build();
  }

  /** A graph without text, entities and relationships. */
  public static Builder builder() {
    return new AutoValue_DocumentGraph.Builder()
        .setText("")
        .setMetadataKeysCut(0)
        .setContentHash("")
        .setEntities(List.of())
        .setRelationships(List.of())
        .setRelationshipsDropped(0)
        .setPassages(List.of())
        .setEntityEmbeddings(List.of())
        .setRelationshipEmbeddings(List.of())
        .setExtractionMillis(0);
  }

  /** A builder with these values. */
  public abstract Builder toBuilder();

  /** Sets the values by name. */
  @AutoValue.Builder
  public abstract static class Builder {

    public abstract Builder setDocumentId(@Nullable String documentId);

    public abstract Builder setOrigin(Origin origin);

    public abstract Builder setText(String text);

    public abstract Builder setMetadata(@Nullable String metadata);

    public abstract Builder setMetadataKeysCut(int keys);

    public abstract Builder setContentHash(String hash);

    public abstract Builder setEntities(List<Entity> entities);

    abstract List<Entity> entities();

    public abstract Builder setRelationships(List<Relationship> relationships);

    abstract List<Relationship> relationships();

    public abstract Builder setRelationshipsDropped(int relationships);

    public abstract Builder setPassages(List<Passage> passages);

    abstract List<Passage> passages();

    public abstract Builder setPassageMetadata(@Nullable String metadata);

    public abstract Builder setEmbedding(@Nullable Embedding embedding);

    public abstract Builder setEntityEmbeddings(List<Embedding> vectors);

    public abstract Builder setRelationshipEmbeddings(List<Embedding> vectors);

    public abstract Builder setExtractionMillis(double millis);

    public abstract Builder setFailure(@Nullable Failure failure);

    abstract DocumentGraph autoBuild();

    /**
     * Makes the value, with copies of the lists.
     *
     * @throws IllegalArgumentException if neither an id nor a failure is set
     */
    public final DocumentGraph build() {
      DocumentGraph graph =
          setEntities(List.copyOf(entities()))
              .setRelationships(List.copyOf(relationships()))
              .setPassages(List.copyOf(passages()))
              .autoBuild();
      if (graph.documentId() == null && !graph.isFailed()) {
        throw new IllegalArgumentException("a document without an id must have a failure");
      }
      return graph;
    }
  }
}

package org.irisgraph.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.DoubleCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Embedding;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.MentionPlace;
import org.irisgraph.graph.Node;
import org.irisgraph.graph.Passage;
import org.irisgraph.graph.Relationship;
import org.irisgraph.graph.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a {@link DocumentGraph} field by field. It is written by hand to keep the shuffle small:
 * each entity occurs once, and relationships refer to the indexes of their endpoints.
 */
public final class DocumentGraphCoder extends AtomicCoder<DocumentGraph> {

  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final Coder<@Nullable String> OPTIONAL = NullableCoder.of(TEXT);
  private static final VarIntCoder INT = VarIntCoder.of();
  private static final DoubleCoder DOUBLE = DoubleCoder.of();

  @Override
  public void encode(DocumentGraph graph, OutputStream out) throws IOException {
    OPTIONAL.encode(graph.documentId(), out);
    OriginCoder.INSTANCE.encode(graph.origin(), out);
    TEXT.encode(graph.text(), out);
    OPTIONAL.encode(graph.metadata(), out);
    INT.encode(graph.metadataKeysCut(), out);
    TEXT.encode(graph.contentHash(), out);
    Map<String, Integer> indexes = new HashMap<>();
    INT.encode(graph.entities().size(), out);
    for (int index = 0; index < graph.entities().size(); index++) {
      Entity entity = graph.entities().get(index);
      indexes.put(entity.id(), index);
      encodeEntity(entity, out);
    }
    INT.encode(graph.relationships().size(), out);
    for (Relationship relationship : graph.relationships()) {
      TEXT.encode(relationship.id(), out);
      encodeEndpoint(relationship.sourceEntityId(), indexes, out);
      encodeEndpoint(relationship.targetEntityId(), indexes, out);
      TEXT.encode(relationship.type(), out);
      DOUBLE.encode(relationship.weight(), out);
      DOUBLE.encode(relationship.confidence(), out);
      INT.encode(relationship.statedIn().size(), out);
      for (Sentence sentence : relationship.statedIn()) {
        encodeSentence(sentence, out);
      }
    }
    INT.encode(graph.relationshipsDropped(), out);
    INT.encode(graph.passages().size(), out);
    for (Passage passage : graph.passages()) {
      INT.encode(passage.start(), out);
      INT.encode(passage.end(), out);
      encodeEmbedding(passage.embedding(), out);
    }
    OPTIONAL.encode(graph.passageMetadata(), out);
    encodeEmbedding(graph.embedding(), out);
    encodeEmbeddings(graph.entityEmbeddings(), out);
    encodeEmbeddings(graph.relationshipEmbeddings(), out);
    DOUBLE.encode(graph.extractionMillis(), out);
    encodeFailure(graph.failure(), out);
  }

  @Override
  public DocumentGraph decode(InputStream in) throws IOException {
    DocumentGraph.Builder graph =
        DocumentGraph.builder()
            .setDocumentId(OPTIONAL.decode(in))
            .setOrigin(OriginCoder.INSTANCE.decode(in))
            .setText(TEXT.decode(in))
            .setMetadata(OPTIONAL.decode(in))
            .setMetadataKeysCut(INT.decode(in))
            .setContentHash(TEXT.decode(in));
    List<Entity> entities = decodeList(DocumentGraphCoder::decodeEntity, in);
    return graph
        .setEntities(entities)
        .setRelationships(decodeList(from -> decodeRelationship(entities, from), in))
        .setRelationshipsDropped(INT.decode(in))
        .setPassages(
            decodeList(
                from -> new Passage(INT.decode(from), INT.decode(from), decodeEmbedding(from)), in))
        .setPassageMetadata(OPTIONAL.decode(in))
        .setEmbedding(decodeEmbedding(in))
        .setEntityEmbeddings(decodeEmbeddings(in))
        .setRelationshipEmbeddings(decodeEmbeddings(in))
        .setExtractionMillis(DOUBLE.decode(in))
        .setFailure(decodeFailure(in))
        .build();
  }

  private static Relationship decodeRelationship(List<Entity> entities, InputStream in)
      throws IOException {
    return new Relationship(
        TEXT.decode(in),
        decodeEndpoint(entities, in),
        decodeEndpoint(entities, in),
        TEXT.decode(in),
        DOUBLE.decode(in),
        DOUBLE.decode(in),
        decodeList(DocumentGraphCoder::decodeSentence, in));
  }

  private static void encodeEmbedding(@Nullable Embedding embedding, OutputStream out)
      throws IOException {
    int dimension = embedding == null ? 0 : embedding.dimension();
    INT.encode(dimension, out);
    if (embedding != null) {
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * dimension);
      for (int i = 0; i < dimension; i++) {
        bytes.putFloat(embedding.get(i));
      }
      out.write(bytes.array());
    }
  }

  private static void encodeEmbeddings(List<Embedding> embeddings, OutputStream out)
      throws IOException {
    INT.encode(embeddings.size(), out);
    for (Embedding embedding : embeddings) {
      encodeEmbedding(embedding, out);
    }
  }

  private static List<Embedding> decodeEmbeddings(InputStream in) throws IOException {
    return decodeList(from -> Objects.requireNonNull(decodeEmbedding(from)), in);
  }

  private static @Nullable Embedding decodeEmbedding(InputStream in) throws IOException {
    int dimension = INT.decode(in);
    if (dimension == 0) {
      return null;
    }
    float[] values = new float[dimension];
    ByteBuffer.wrap(in.readNBytes(Float.BYTES * dimension)).asFloatBuffer().get(values);
    return new Embedding(values);
  }

  private static void encodeEntity(Entity entity, OutputStream out) throws IOException {
    TEXT.encode(entity.id(), out);
    TEXT.encode(entity.name(), out);
    TEXT.encode(entity.type(), out);
    DOUBLE.encode(entity.confidence(), out);
    INT.encode(entity.start(), out);
    INT.encode(entity.end(), out);
    INT.encode(entity.mentions(), out);
    TEXT.encode(entity.extractors(), out);
    TEXT.encode(entity.node().key(), out);
    OPTIONAL.encode(entity.node().concept(), out);
    INT.encode(entity.places().size(), out);
    for (MentionPlace place : entity.places()) {
      INT.encode(place.start(), out);
      INT.encode(place.end(), out);
      encodeSentence(place.sentence(), out);
    }
  }

  private static void encodeSentence(Sentence sentence, OutputStream out) throws IOException {
    INT.encode(sentence.start(), out);
    INT.encode(sentence.end(), out);
  }

  private static Sentence decodeSentence(InputStream in) throws IOException {
    return new Sentence(INT.decode(in), INT.decode(in));
  }

  private static MentionPlace decodePlace(InputStream in) throws IOException {
    return new MentionPlace(INT.decode(in), INT.decode(in), decodeSentence(in));
  }

  @FunctionalInterface
  private interface Decoding<T> {
    T decode(InputStream in) throws IOException;
  }

  private static <T> List<T> decodeList(Decoding<T> decoding, InputStream in) throws IOException {
    int size = INT.decode(in);
    List<T> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(decoding.decode(in));
    }
    return list;
  }

  private static Entity decodeEntity(InputStream in) throws IOException {
    return new Entity(
        TEXT.decode(in),
        TEXT.decode(in),
        TEXT.decode(in),
        DOUBLE.decode(in),
        INT.decode(in),
        INT.decode(in),
        INT.decode(in),
        TEXT.decode(in),
        new Node(TEXT.decode(in), OPTIONAL.decode(in)),
        decodeList(DocumentGraphCoder::decodePlace, in));
  }

  /** Encodes the index of an entity, or its id if it is not in the document. */
  private static void encodeEndpoint(String id, Map<String, Integer> indexes, OutputStream out)
      throws IOException {
    Integer index = indexes.get(id);
    INT.encode(index == null ? -1 : index, out);
    if (index == null) {
      TEXT.encode(id, out);
    }
  }

  private static String decodeEndpoint(List<Entity> entities, InputStream in) throws IOException {
    int index = INT.decode(in);
    return index < 0 ? TEXT.decode(in) : entities.get(index).id();
  }

  private static void encodeFailure(@Nullable Failure failure, OutputStream out)
      throws IOException {
    OPTIONAL.encode(failure == null ? null : failure.stage().name(), out);
    if (failure != null) {
      TEXT.encode(failure.code(), out);
      TEXT.encode(failure.message(), out);
    }
  }

  private static @Nullable Failure decodeFailure(InputStream in) throws IOException {
    String stage = OPTIONAL.decode(in);
    return stage == null
        ? null
        : new Failure(Failure.Stage.valueOf(stage), TEXT.decode(in), TEXT.decode(in));
  }
}

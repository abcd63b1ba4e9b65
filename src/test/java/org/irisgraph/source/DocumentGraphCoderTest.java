package org.irisgraph.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.util.CoderUtils;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Embedding;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.MentionPlace;
import org.irisgraph.graph.Node;
import org.irisgraph.graph.NodeKeys;
import org.irisgraph.graph.Origin;
import org.irisgraph.graph.Passage;
import org.irisgraph.graph.Relationship;
import org.irisgraph.graph.Sentence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentGraphCoderTest {

  private static final DocumentGraphCoder CODER = new DocumentGraphCoder();
  private static final Entity GOUT = entity("entity-id-of-gout", "Gout");
  private static final Entity LUPUS = entity("entity-id-of-lupus", "lupus \ud83e\uddec");
  private static final Entity FEVER =
      entity("entity-id-of-fever", "fever", NodeKeys.ofConcept("C0015967 ".repeat(40)));

  private static Entity entity(String id, String name) {
    return entity(id, name, NodeKeys.ofName("DISEASE", name));
  }

  private static Entity entity(String id, String name, Node node) {
    return new Entity(
        id,
        name,
        "DISEASE",
        0.9,
        3,
        3 + name.length(),
        2,
        "dictionary,ner",
        node,
        List.of(
            new MentionPlace(3, 3 + name.length(), new Sentence(0, 70_000)),
            new MentionPlace(80_000, 80_004, new Sentence(70_002, 80_005))));
  }

  private static Relationship relationship(String from, String to) {
    return new Relationship("relationship-id", from, to, "co_occurs_with", 3, 0.25);
  }

  private static DocumentGraph graph(Relationship... relationships) {
    return DocumentGraph.builder()
        .setDocumentId("d")
        .setOrigin(new Origin("/f.jsonl", Long.MAX_VALUE, -1))
        .setText("Gout and lupus \ud83e\uddec.")
        .setContentHash("hash")
        .setEntities(List.of(GOUT, LUPUS, FEVER))
        .setRelationships(List.of(relationships))
        .build();
  }

  private static Embedding vector(float first) {
    return new Embedding(new float[] {first, 0.5f});
  }

  private static Stream<DocumentGraph> graphs() {
    return Stream.of(
        graph(),
        graph(relationship(GOUT.id(), LUPUS.id()), relationship(LUPUS.id(), GOUT.id())),
        graph(relationship(GOUT.id(), LUPUS.id())).toBuilder()
            .setEntityEmbeddings(List.of(vector(1), vector(2), vector(3)))
            .setRelationshipEmbeddings(List.of(vector(4)))
            .build(),
        graph(
            new Relationship(
                "r",
                GOUT.id(),
                LUPUS.id(),
                "causes",
                2,
                1,
                List.of(new Sentence(0, 12), new Sentence(13, 300)))),
        graph(relationship("elsewhere", LUPUS.id()), relationship(GOUT.id(), "elsewhere")),
        graph().toBuilder()
            .setMetadata("{\"year\":2025}")
            .setMetadataKeysCut(3)
            .setRelationshipsDropped(4)
            .setExtractionMillis(1.5)
            .build(),
        graph().toBuilder()
            .setPassages(
                List.of(
                    new Passage(0, 4, new Embedding(new float[] {0.5f, -1e-9f})),
                    new Passage(3, 70_000, null)))
            .setPassageMetadata("{}")
            .build(),
        graph().toBuilder()
            .setText("")
            .setEntities(List.of())
            .setFailure(new Failure(Failure.Stage.EXTRACT, "TIMEOUT", "too slow"))
            .build(),
        DocumentGraph.failed(
            null, new Origin("/a.txt", 0, 0), new Failure(Failure.Stage.READ, "NOT_UTF8", "")));
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void decodesWhatItHasEncoded(DocumentGraph graph) throws Exception {
    byte[] encoded = CoderUtils.encodeToByteArray(CODER, graph);

    assertThat(CoderUtils.decodeFromByteArray(CODER, encoded), is(graph));
  }

  @Test
  void encodesTheIdOfAnEntityOnceHoweverManyRelationshipsItHas() throws Exception {
    int one =
        CoderUtils.encodeToByteArray(CODER, graph(relationship(GOUT.id(), LUPUS.id()))).length;
    int none = CoderUtils.encodeToByteArray(CODER, graph()).length;
    int elsewhere =
        CoderUtils.encodeToByteArray(CODER, graph(relationship("entity-id-of-none", LUPUS.id())))
            .length;

    // The lengths of id and type, both, two indexes, weight, confidence and no sentences.
    assertThat(
        one - none,
        is(1 + "relationship-id".length() + 1 + 1 + 1 + "co_occurs_with".length() + 16 + 1));
    assertThat(elsewhere, is(greaterThan(one)));
  }
}

package org.irisgraph.graph;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphIdsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d",
        "PMC123",
        "notes/Ä b.txt",
        " blank ",
        "\u0130D-\u00df-\ud83d\ude00",
        "e\u0301 is not \u00e9"
      })
  void knowsTheIdsOfADocumentWhateverTheyWereMadeOf(String documentId) {
    for (String name :
        new String[] {"gout", "  Crohn\u2019s   DISEASE ", "\u0130stanbul", "x".repeat(3000), ""}) {
      String entity = GraphIds.entity(documentId, "DISEASE", name);
      String relationship =
          GraphIds.relationship(documentId, entity, GraphIds.entity(documentId, "DRUG", "b"), "t");

      assertThat(name, GraphIds.isOf(documentId, entity), is(true));
      assertThat(name, GraphIds.isOf(documentId, relationship), is(true));
      assertThat(name, GraphIds.isOf(documentId + "x", entity), is(false));
      assertThat(name, GraphIds.isOf(documentId, entity + "x"), is(false));
    }
  }

  @Test
  void doesNotTakeIdsOfOthersForIts() {
    String ours = GraphIds.entity("d", "DISEASE", "gout");
    for (int i = 0; i < 1000; i++) {
      assertThat(GraphIds.isOf("d", UUID.randomUUID().toString()), is(false));
    }
    String ofVersion4 = ours.substring(0, 14) + "4" + ours.substring(15);
    assertThat(GraphIds.isOf("d", ofVersion4), is(false));
    assertThat(GraphIds.isOf("d", ours.toUpperCase(Locale.ROOT)), is(false));
    assertThat(GraphIds.isOf("d", "entity-1"), is(false));
    assertThat(GraphIds.isOf("d", ""), is(false));
  }

  @Test
  void knowsARelationshipThatLeadsToAnotherDocument() {
    String here = GraphIds.entity("a", "DISEASE", "gout");
    String there = GraphIds.entity("b", "DISEASE", "gout");
    String own = GraphIds.entity("a", "DISEASE", "lupus");

    assertThat(
        GraphIds.isAcrossDocuments(GraphIds.relationship("a", here, there, "same_as"), here, there),
        is(true));
    assertThat(
        GraphIds.isAcrossDocuments(GraphIds.relationship("a", here, own, "same_as"), here, own),
        is(false));
    assertThat(
        "of another tool",
        GraphIds.isAcrossDocuments(UUID.randomUUID().toString(), here, there),
        is(false));
  }
}

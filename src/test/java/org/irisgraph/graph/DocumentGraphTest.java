package org.irisgraph.graph;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentGraphTest {

  private static DocumentGraph divided(Passage... passages) {
    return DocumentGraph.builder()
        .setDocumentId("d")
        .setOrigin(new Origin("/d", 0, 0))
        .setText("0123456789")
        .setPassages(List.of(passages))
        .build();
  }

  @Test
  void aMentionIsInTheFirstPassageThatHasAllOfItElseInThatWithItsBeginning() {
    DocumentGraph graph =
        divided(new Passage(0, 4, null), new Passage(2, 7, null), new Passage(7, 10, null));

    assertThat(graph.rowWith(0, 2), is("d_chunk_sentences_0"));
    assertThat("of two", graph.rowWith(2, 4), is("d_chunk_sentences_0"));
    assertThat("of two, all of it", graph.rowWith(3, 5), is("d_chunk_sentences_1"));
    assertThat("divided", graph.rowWith(6, 9), is("d_chunk_sentences_1"));
    assertThat("longer than a passage", graph.rowWith(1, 9), is("d_chunk_sentences_0"));
    assertThat(graph.rowWith(7, 10), is("d_chunk_sentences_2"));
    assertThat("without passages", divided().rowWith(3, 5), is("d"));
  }

  @Test
  void vectorsAreThoseOfPassagesOrOfTheText() {
    DocumentGraph graph = divided(new Passage(0, 4, null), new Passage(2, 7, null));
    Embedding one = new Embedding(new float[] {1});
    Embedding two = new Embedding(new float[] {2});

    assertThat(graph.embeddedTexts(), contains("0123", "23456"));
    assertThat(
        graph.withEmbeddings(List.of(one, two)),
        is(divided(new Passage(0, 4, one), new Passage(2, 7, two))));
    assertThat(divided().embeddedTexts(), contains("0123456789"));
    assertThat(
        divided().withEmbeddings(List.of(one)),
        is(divided().toBuilder().setEmbedding(one).build()));
  }
}

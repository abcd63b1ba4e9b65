package org.irisgraph.graph;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.util.Optional;
import org.irisgraph.graph.PassageIds.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassageIdsTest {

  @Test
  void haveTheFormOfIrisVectorRag() {
    assertThat(PassageIds.first("a", 2), contains("a_chunk_sentences_0", "a_chunk_sentences_1"));
  }

  @Test
  void nameTheirDocument() {
    assertThat(
        PassageIds.parse("a\n_chunk_sentences_1_chunk_sentences_12"),
        is(Optional.of(new Part("a\n_chunk_sentences_1", 12))));
    assertThat(
        "on IRIS, these are equal ids",
        PassageIds.parse("A_CHUNK_Sentences_3  "),
        is(Optional.of(new Part("A", 3))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_chunk_sentences_1", "a_chunk_sentences_", "a_chunk_sentences_01",
        "a_chunk_fixed_1", "a_chunk_sentences_1.txt", "a_chunk_sentences_1234567890"
      })
  void otherIdsNameNone(String id) {
    assertThat(PassageIds.parse(id), is(Optional.empty()));
  }
}

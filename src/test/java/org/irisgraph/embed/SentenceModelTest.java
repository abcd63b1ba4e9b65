package org.irisgraph.embed;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import java.util.List;
import java.util.stream.IntStream;
import org.irisgraph.graph.Embedding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SentenceModelTest {

  private static final String EXAMPLE = "This is an example sentence";

  private static SentenceModel full;
  private static SentenceModel quantised;

  @BeforeAll
  static void load() {
    full = SentenceModel.acquire(MiniLm.FULL);
    quantised = SentenceModel.acquire(MiniLm.QUANTISED);
  }

  @AfterAll
  static void release() {
    SentenceModel.release(MiniLm.FULL);
    SentenceModel.release(MiniLm.QUANTISED);
  }

  /** The values in the card of sentence-transformers/all-MiniLM-L6-v2. */
  @Test
  void givesTheVectorOfThePublishedModel() {
    Embedding vector = full.embed(EXAMPLE);
    List<Double> published = List.of(0.0676569, 0.0634959, 0.0487131, 0.0793050);
    for (int i = 0; i < published.size(); i++) {
      assertThat((double) vector.get(i), closeTo(published.get(i), 0.00005));
    }
    assertThat(vector.dimension(), is(MiniLm.DIMENSION));
  }

  @Test
  void vectorsHaveLengthOne() {
    Embedding vector = quantised.embed("Aspirin relieves pain, fever and inflammation.");
    assertThat(product(vector, vector), closeTo(1, 1e-5));
  }

  @Test
  void theQuantisedModelIsNearTheFullOne() {
    for (String text :
        List.of(
            EXAMPLE,
            "Metformin is the first-line treatment of type 2 diabetes mellitus.",
            "Überempfindlichkeit: naïve café, 日本語, 5 µg/ml.")) {
      assertThat(text, product(full.embed(text), quantised.embed(text)), greaterThan(0.95));
    }
  }

  @Test
  void textsOfLikeMeaningAreNearerThanOthers() {
    Embedding heart = quantised.embed("The patient had a heart attack.");
    assertThat(
        product(heart, quantised.embed("The weather is sunny in Lisbon.")),
        lessThan(product(heart, quantised.embed("Myocardial infarction was diagnosed."))));
  }

  @Test
  void readsTheFirst256Pieces() {
    String begin = IntStream.range(0, 254).mapToObj(i -> "word").collect(joining(" "));
    Embedding vector = quantised.embed(begin);
    assertThat(quantised.embed(begin + " of something else entirely"), is(vector));
    assertThat(quantised.embed(begin.substring(5) + " aspirin"), is(not(vector)));
  }

  /** The cosine, since both have length 1. */
  private static double product(Embedding one, Embedding other) {
    return IntStream.range(0, one.dimension())
        .mapToDouble(i -> (double) one.get(i) * other.get(i))
        .sum();
  }
}

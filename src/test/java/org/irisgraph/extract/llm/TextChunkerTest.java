package org.irisgraph.extract.llm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.List;
import org.irisgraph.endpoint.TokenCounter;
import org.irisgraph.extract.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextChunkerTest {

  private static final int MAX_TOKENS = 100;

  @Test
  void keepsAShortTextWhole() {
    assertThat(TextChunker.cut("Aspirin lowers fever.", MAX_TOKENS), contains(new Span(0, 21)));
  }

  @Test
  void cutsBetweenSentencesAndRepeatsTheLast() {
    String text = "Aspirin lowers fever in most of the patients. ".repeat(40);

    List<Span> chunks = TextChunker.cut(text, MAX_TOKENS);

    assertThat(chunks.size(), greaterThan(3));
    for (int i = 0; i < chunks.size(); i++) {
      assertThat(chunks.get(i).start() % 46, is(0));
      if (i > 0) {
        assertThat(chunks.get(i).start(), is(chunks.get(i - 1).end() - 46));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "😀", "é ", "\u0001", "Dr. Smith, et al. ", "\n\n", "one two three "})
  void coversAnyTextWithChunksThatFit(String unit) {
    String text = unit.repeat(3000) + "end";

    List<Span> chunks = TextChunker.cut(text, MAX_TOKENS);

    assertThat(chunks.get(0).start(), is(0));
    assertThat(chunks.get(chunks.size() - 1).end(), is(text.length()));
    for (int i = 0; i < chunks.size(); i++) {
      Span chunk = chunks.get(i);
      String part = text.substring(chunk.start(), chunk.end());
      assertThat(TokenCounter.countQuoted(part), lessThanOrEqualTo(MAX_TOKENS));
      assertThat(Character.isLowSurrogate(part.charAt(0)), is(false));
      if (i > 0) {
        assertThat(chunk.start(), lessThanOrEqualTo(chunks.get(i - 1).end()));
        assertThat(chunks.get(i - 1).end(), lessThan(chunk.end()));
      }
    }
  }

  @Test
  void halvesUntilATextIsTooShort() {
    String text = "Aspirin lowers fever in most of the patients. ".repeat(10);

    assertThat(TextChunker.halve(text), hasSize(lessThanOrEqualTo(3)));
    assertThat(TextChunker.halve(text), hasSize(greaterThan(1)));
    assertThat(TextChunker.halve("Aspirin lowers fever."), is(empty()));
  }
}

package org.irisgraph.endpoint;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCounterTest {

  /** The example of OpenAI's tokenizer for this encoding. */
  @Test
  void countsTokensOfTheEncoding() {
    assertThat(TokenCounter.count("tiktoken is great!"), is(6));
    assertThat(TokenCounter.count(""), is(0));
  }

  @Test
  void countsNamesOfSpecialTokensAsText() {
    assertThat(TokenCounter.count("<|endoftext|>"), greaterThan(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "a\udc00b", "\udc00\ud83d"})
  void countsUnpairedSurrogates(String text) {
    assertThat(TokenCounter.count(text), greaterThan(0));
  }

  @Test
  void countsTheEscapesOfAQuotedText() {
    String lines = "\n".repeat(100);

    assertThat(TokenCounter.countQuoted("plain"), is(TokenCounter.count("plain")));
    assertThat(TokenCounter.countQuoted(lines), is(TokenCounter.count("\\n".repeat(100))));
  }

  @Test
  void countsSlicesLikeTheWholeUpToATokenEach() {
    StringBuilder text = new StringBuilder();
    Random random = new Random(1);
    for (int i = 0; i < 5000; i++) {
      text.append(Integer.toString(random.nextInt(1_000_000), 36)).append(' ');
    }
    int whole = TokenCounter.count(text.toString());
    int sum = 0;
    for (int start = 0; start < text.length(); start += 1000) {
      sum += TokenCounter.count(text.substring(start, Math.min(text.length(), start + 1000)));
    }

    assertThat(Math.abs(whole - sum), lessThanOrEqualTo(text.length() / 1000 * 2));
  }
}

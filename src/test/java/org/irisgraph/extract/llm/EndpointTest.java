package org.irisgraph.extract.llm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasToString;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "http://localhost:11434/v1, http://localhost:11434/v1/chat/completions",
    "https://host/v1//, https://host/v1/chat/completions",
    "HTTPS://host/v1/chat/completions, HTTPS://host/v1/chat/completions"
  })
  void appendsThePathOfTheApi(String url, String expected) {
    assertThat(Endpoint.chatCompletions(url), hasToString(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:11434/v1",
        "ftp://host/v1",
        "http:///v1",
        "http://user:secret@host/v1",
        "http://host/v1?key=secret",
        "http://host/v1#key",
        "http://a b/v1"
      })
  void rejectsOtherUrls(String url) {
    assertThrows(IllegalArgumentException.class, () -> Endpoint.chatCompletions(url));
  }
}

package org.irisgraph.endpoint;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasToString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "http://localhost:11434/v1, http://localhost:11434/v1/chat/completions",
    "https://host/v1//, https://host/v1/chat/completions",
    "HTTPS://host/v1/chat/completions, HTTPS://host/v1/chat/completions",
    "https://x.openai.azure.com/openai/deployments/gpt?api-version=2024-10-21,"
        + " https://x.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21",
    "https://x.openai.azure.com/openai/v1/, https://x.openai.azure.com/openai/v1/chat/completions"
  })
  void appendsThePathOfTheApi(String url, String expected) {
    assertThat(Endpoint.requests(Service.LANGUAGE_MODEL, url), hasToString(expected));
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
    assertThrows(
        IllegalArgumentException.class, () -> Endpoint.requests(Service.LANGUAGE_MODEL, url));
  }

  @ParameterizedTest
  @CsvSource({
    "https://x.openai.azure.com/openai/v1, true",
    "https://gateway.example/openai/deployments/gpt, true",
    "https://api.openai.com/v1, false"
  })
  void sendsTheKeyInAzuresHeader(String url, boolean expected) {
    assertThat(
        new Endpoint(Service.LANGUAGE_MODEL, url, 1, 0, 1, 0).takesApiKeyHeader(), is(expected));
  }
}

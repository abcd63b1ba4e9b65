package org.irisgraph.endpoint;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorBodyTest {

  private static final Set<String> OPTIONAL =
      Set.of("max_tokens", "max_completion_tokens", "temperature", "seed", "response_format");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"error\":{\"message\":\" out of\\n memory \"}} | out of memory",
        "{\"error\":\"busy\"} | busy",
        "{\"object\":\"error\",\"message\":\"no model\",\"code\":404} | no model",
        "{\"detail\":\"Not Found\"} | Not Found",
        "{\"detail\":[{\"loc\":[\"body\",\"seed\"],\"msg\":\"not permitted\"}]} | seed: not"
            + " permitted",
        "{\"errors\":[{\"message\":\"first\"},{\"message\":\"second\"}]} | first",
        "[{\"error\":{\"code\":400,\"message\":\"bad\"}}] | bad",
        "{\"error_description\":\"expired\"} | expired",
        "upstream connect error | upstream connect error",
        "<html><head><title>502 Bad Gateway</title></head></html> | 502 Bad Gateway",
        "<html> | ''",
        "{} | ''"
      })
  void findsTheTextWhereServersPutIt(String body, String message) {
    assertThat(new ErrorBody(body).message(), is(message));
  }

  @Test
  void findsTheTextAtAnyDepth() {
    int depth = 200;

    assertThat(
        new ErrorBody("{\"error\":".repeat(depth) + "{\"message\":\"deep\"}" + "}".repeat(depth))
            .message(),
        is("deep"));
  }

  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void findsNoTitleInAPageOfBrokenTags() {
    assertThat(new ErrorBody("<title".repeat(1_000_000)).message(), is(""));
  }

  @Test
  void cutsALongText() {
    assertThat(
        new ErrorBody("{\"error\":\"%s\"}".formatted("x".repeat(1000))).message(),
        is("x".repeat(300) + "…"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
            + " 'max_completion_tokens' instead. | max_tokens",
        "Unsupported value: 'temperature' does not support 0 with this model. | temperature",
        "extra fields not permitted: response_format | response_format",
        "Unrecognized request argument supplied: seed | seed",
        "Unknown field: max_completion_tokens | max_completion_tokens",
        "'response_format.type' must be 'text' or 'json_object' | none",
        "max_tokens is too large: 9000 | none",
        "unknown model | none"
      })
  void findsTheFieldThatIsRefusedAsSuch(String message, String field) {
    ErrorBody body = new ErrorBody("{\"error\":{\"message\":\"%s\"}}".formatted(message));

    assertThat(body.unsupportedField(OPTIONAL).orElse("none"), is(field));
  }
}

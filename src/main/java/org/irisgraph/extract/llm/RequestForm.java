package org.irisgraph.extract.llm;

import java.util.Optional;
import java.util.Set;

/**
 * Which fields the requests to a server have. A field that the server refuses by its name is left
 * out from then on: newer models of OpenAI take no {@code max_tokens} and no {@code temperature},
 * other servers no {@code seed} or {@code response_format}.
 *
 * @param format how requests ask for JSON
 * @param refused the fields that the server refuses
 */
record RequestForm(ResponseFormat format, Set<String> refused) {

  static final String MAX_TOKENS = "max_tokens";
  static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";
  static final String TEMPERATURE = "temperature";
  static final String SEED = "seed";
  static final String RESPONSE_FORMAT = "response_format";

  /** The fields that a model can do without. */
  static final Set<String> OPTIONAL =
      Set.of(MAX_TOKENS, MAX_COMPLETION_TOKENS, TEMPERATURE, SEED, RESPONSE_FORMAT);

  RequestForm {
    refused = Set.copyOf(refused);
  }

  /** Whether requests have a field. */
  boolean has(String field) {
    return switch (field) {
      case MAX_COMPLETION_TOKENS -> refused.contains(MAX_TOKENS) && !refused.contains(field);
      case RESPONSE_FORMAT -> format != ResponseFormat.NONE && !refused.contains(field);
      default -> OPTIONAL.contains(field) && !refused.contains(field);
    };
  }

  /** The field that limits the length of the answer, if there is one. */
  Optional<String> tokenLimit() {
    return has(MAX_TOKENS)
        ? Optional.of(MAX_TOKENS)
        : Optional.of(MAX_COMPLETION_TOKENS).filter(this::has);
  }
}

package org.irisgraph.extract.llm;

import java.util.Optional;
import org.irisgraph.endpoint.TokenUsage;
import org.irisgraph.extract.llm.AnswerExtractor.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * Notices by the server's own count of tokens that the model did not read all of a prompt: Ollama
 * leaves out its beginning, some gateways its middle, and neither reports an error.
 */
final class PromptCut {

  static final String CODE = "LLM_PROMPT_CUT";

  /**
   * The least share of our tokens in a server's: the tokens of English text differ by less than a
   * tenth between tokenizers.
   */
  private static final double LEAST_SHARE = 0.65;

  /** More characters of other scripts than any tokenizer has in a token on average. */
  private static final int MOST_CHARACTERS_PER_TOKEN = 6;

  private PromptCut() {}

  /**
   * Why the answer to a request cannot be used.
   *
   * @param usage what the server reports, null if it reports nothing
   */
  static Optional<Rejection> of(ChatRequest request, @Nullable TokenUsage usage) {
    if (usage == null || usage.promptTokens() == 0 || usage.promptTokens() >= least(request)) {
      return Optional.empty();
    }
    return Optional.of(
        new Rejection(
            CODE,
            ("the model has read %d of about %d tokens of the prompt, so it was cut: set"
                    + " llmTokensPerCall to the context of the server, or enlarge that (for Ollama:"
                    + " OLLAMA_CONTEXT_LENGTH), or turn off the shortening of prompts in a gateway")
                .formatted(usage.promptTokens(), request.promptTokens())));
  }

  /**
   * The least number of tokens of the texts. The instructions do not count: some servers do not
   * report what they have read before.
   */
  private static long least(ChatRequest request) {
    long all = 0;
    long others = 0;
    for (String text : request.textsById().values()) {
      all += text.length();
      others += text.chars().filter(c -> c >= 0x80).count();
    }
    double ascii = all == 0 ? 0 : (double) (all - others) / all;
    return (long) (LEAST_SHARE * ascii * request.textTokens()) + others / MOST_CHARACTERS_PER_TOKEN;
  }
}

package org.irisgraph.extract.llm;

import java.util.Collection;
import java.util.function.BooleanSupplier;

/**
 * A language model behind an OpenAI-compatible endpoint, asked with one prompt. May be used by
 * several threads at once; all models of one endpoint in a JVM share its limits.
 */
public final class LanguageModel implements AutoCloseable {

  private final Prompt prompt;
  private final EndpointThreads calls;

  private LanguageModel(Prompt prompt, EndpointThreads calls) {
    this.prompt = prompt;
    this.calls = calls;
  }

  /** Ready to be asked, and to be closed in the end; nothing is sent yet. */
  public static LanguageModel open(Prompt prompt, Endpoint endpoint, ApiKey apiKey) {
    return open(prompt, endpoint, apiKey, Sleeper.REAL);
  }

  static LanguageModel open(Prompt prompt, Endpoint endpoint, ApiKey apiKey, Sleeper waiting) {
    return new LanguageModel(prompt, EndpointThreads.acquire(endpoint, apiKey, waiting));
  }

  /**
   * Asks about texts: several short ones in a call, a long one in chunks that overlap. What the
   * store has is not asked again, and what is answered is kept in it before anything else is done.
   *
   * @param stopped whether to give up what is not answered yet; looked at several times a second
   * @return the answer, or the reason why there is none, for each text; without those that were
   *     given up
   * @throws ModelException if the endpoint cannot be asked, or the store fails
   */
  public AnswerExtractor ask(
      Collection<String> texts, CompletionCache store, BooleanSupplier stopped)
      throws ModelException, InterruptedException {
    return new CompletionBatch(prompt, calls, store, stopped).run(texts);
  }

  @Override
  public void close() {
    calls.close();
  }
}

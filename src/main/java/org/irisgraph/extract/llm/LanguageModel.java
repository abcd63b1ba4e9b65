package org.irisgraph.extract.llm;

import java.util.Collection;
import java.util.function.BooleanSupplier;
import org.irisgraph.endpoint.ApiKey;
import org.irisgraph.endpoint.CompletionCache;
import org.irisgraph.endpoint.Endpoint;
import org.irisgraph.endpoint.EndpointThreads;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.endpoint.Sleeper;

/**
 * A language model behind an OpenAI-compatible endpoint, with one prompt. Safe for several threads;
 * all models of one endpoint in a JVM share its limits.
 */
public final class LanguageModel implements AutoCloseable {

  private final Prompt prompt;
  private final EndpointThreads<ChatRequest, ChatReply> threads;

  private LanguageModel(Prompt prompt, EndpointThreads<ChatRequest, ChatReply> threads) {
    this.prompt = prompt;
    this.threads = threads;
  }

  /**
   * Opens a model without sending anything yet. The caller closes it.
   *
   * @param format how requests ask for JSON
   */
  public static LanguageModel open(
      Prompt prompt, Endpoint endpoint, ResponseFormat format, ApiKey apiKey) {
    return open(prompt, endpoint, format, apiKey, Sleeper.SYSTEM);
  }

  static LanguageModel open(
      Prompt prompt, Endpoint endpoint, ResponseFormat format, ApiKey apiKey, Sleeper sleeper) {
    return new LanguageModel(
        prompt, EndpointThreads.acquire(endpoint, apiKey, new ChatProtocol(format), sleeper));
  }

  /**
   * Asks about texts: several short ones in one call, a long one in overlapping chunks. Answers in
   * the cache are not requested again; a new answer is written to the cache before it is used.
   *
   * @param stopped whether to give up the remaining texts; polled several times a second
   * @return for each text its answer or the reason why there is none; texts that were given up are
   *     missing
   * @throws ModelException if the endpoint cannot be used, or the cache fails
   */
  public AnswerExtractor ask(
      Collection<String> texts, CompletionCache cache, BooleanSupplier stopped)
      throws ModelException, InterruptedException {
    return new CompletionBatch(prompt, threads, cache, stopped).run(texts);
  }

  @Override
  public void close() {
    threads.close();
  }
}

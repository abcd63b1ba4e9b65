package org.irisgraph.extract.llm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.irisgraph.endpoint.CompletionCache;
import org.irisgraph.endpoint.DroppedItemCounts;
import org.irisgraph.endpoint.EndpointThreads;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.graph.Mention;
import org.junit.jupiter.api.Test;

class CompletionBatchTest extends LanguageModelFixture {

  @Test
  void sendsOnlyTextsThatAreNotCached() throws Exception {
    cache.keep(call(ASPIRIN, answer("fever", "SYMPTOM")));

    AnswerExtractor answers = run(TEXTS, cache);

    assertThat(names(answers, ASPIRIN), contains("fever"));
    assertThat(names(answers, IBUPROFEN), contains("Ibuprofen", "headache"));
    assertThat(server.timesAsked(ASPIRIN), is(0L));
  }

  @Test
  void usesTheAnswerOfAFasterWriter() throws Exception {
    CompletionCache slower =
        new CompletionCache() {
          @Override
          public Map<String, String> find(Collection<String> keys) {
            return Map.of();
          }

          @Override
          public Map<String, String> keep(PaidCall paid) {
            return Map.of(paid.answers().keySet().iterator().next(), answer("fever", "SYMPTOM"));
          }
        };

    assertThat(names(run(List.of(ASPIRIN), slower), ASPIRIN), contains("fever"));
  }

  @Test
  void sendsTheHalvesOfATextThatIsCachedAsSplit() throws Exception {
    String text = "Aspirin lowers fever in most patients of the trial. ".repeat(20);
    cache.keep(call(text, DocumentAnswer.SPLIT.toJson()));

    List<Mention> mentions = run(List.of(text), cache).extract(document(text));

    assertThat(mentions, hasSize(40));
    assertThat(server.timesAsked(text), is(0L));
  }

  @Test
  void storesNothingIfTheEndpointFails() {
    server.usually(asked -> asked.fails(401, "wrong key"));

    assertThrows(ModelException.Configuration.class, () -> run(TEXTS, recorder));
    assertThat(recorder.calls(), is(empty()));
  }

  private AnswerExtractor run(List<String> texts, CompletionCache answers) throws Exception {
    try (EndpointThreads<ChatRequest, ChatReply> threads =
        EndpointThreads.acquire(
            endpoint(), () -> KEY, new ChatProtocol(ResponseFormat.JSON_SCHEMA), sleeper)) {
      return new CompletionBatch(prompt(), threads, answers, () -> false).run(texts);
    }
  }

  private CompletionCache.PaidCall call(String text, String json) throws Exception {
    return CompletionCache.PaidCall.unpaid("test-model")
        .withAnswers(
            Map.of(
                key(text), new CompletionCache.KeptAnswer(json, new DroppedItemCounts(0, 0, 0))));
  }

  private static String answer(String name, String type) {
    return new DocumentAnswer(
            false, List.of(new DocumentAnswer.NamedEntity(name, type, 1)), List.of(), 0)
        .toJson();
  }
}

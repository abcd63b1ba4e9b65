package org.irisgraph.extract.llm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.irisgraph.endpoint.CompletionCache;
import org.irisgraph.endpoint.DroppedItemCounts;
import org.irisgraph.endpoint.Endpoint;
import org.irisgraph.endpoint.FakeSleeper;
import org.irisgraph.endpoint.InMemoryCompletionCache;
import org.irisgraph.endpoint.Service;
import org.irisgraph.extract.llm.AnswerExtractor.Rejection;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;
import org.irisgraph.graph.Origin;
import org.junit.jupiter.api.AfterEach;

/** A model behind a real HTTP server, with a clock that tests advance. */
abstract class LanguageModelFixture {

  static final String ASPIRIN = "Aspirin lowers fever. Later aspirin was stopped.";
  static final String IBUPROFEN = "Ibuprofen helps against headache.";
  static final String METFORMIN = "Metformin may cause nausea.";
  static final List<String> TEXTS = List.of(ASPIRIN, IBUPROFEN, METFORMIN);
  static final String KEY = "sk-0123456789abcdef0123456789abcdef";

  final ModelServer server = new ModelServer();
  final InMemoryCompletionCache cache = new InMemoryCompletionCache();
  final RecordingCache recorder = new RecordingCache(cache);
  final FakeSleeper sleeper = new FakeSleeper();
  int concurrency = 4;
  int requestsPerMinute;
  int tokensPerCall = 8192;
  int retrySeconds = 300;

  @AfterEach
  void stopServer() {
    server.close();
  }

  AnswerExtractor ask(List<String> texts) throws Exception {
    try (LanguageModel model =
        LanguageModel.open(prompt(), endpoint(), ResponseFormat.JSON_SCHEMA, () -> KEY, sleeper)) {
      return model.ask(texts, recorder, () -> false);
    }
  }

  Map<String, String> answers(List<String> texts, CompletionCache answerCache) throws Exception {
    Map<String, String> found = new HashMap<>();
    try (LanguageModel model =
        LanguageModel.open(prompt(), endpoint(), ResponseFormat.JSON_SCHEMA, () -> KEY, sleeper)) {
      AnswerExtractor answers = model.ask(texts, answerCache, () -> false);
      for (String text : texts) {
        List<Mention> mentions = answers.extract(document(text));
        found.put(text, mentions + " " + answers.extract(document(text), mentions));
      }
    }
    return found;
  }

  Prompt prompt() throws Exception {
    return Prompts.of(tokensPerCall);
  }

  Endpoint endpoint() {
    return new Endpoint(
        Service.LANGUAGE_MODEL,
        server.url(),
        concurrency,
        requestsPerMinute,
        /* timeoutSeconds= */ 2,
        retrySeconds);
  }

  String key(String text) throws Exception {
    return prompt().key(text);
  }

  static String quoted(String text) {
    return new TextNode(text).toString();
  }

  static String onlyText(ModelServer.Asked asked) {
    return asked.texts().values().iterator().next();
  }

  static String rejection(AnswerExtractor answers, String text) {
    return answers.rejection(document(text)).map(Rejection::code).orElse("none");
  }

  static List<String> names(AnswerExtractor answers, String text) {
    assertThat(answers.rejection(document(text)), is(Optional.empty()));
    return answers.extract(document(text)).stream().map(Mention::text).toList();
  }

  static Document document(String text) {
    return new Document("id", new Origin("source", 0, 0), text, Map.of());
  }

  /** Records the calls whose answers are stored. */
  record RecordingCache(InMemoryCompletionCache answers, List<PaidCall> calls)
      implements CompletionCache {

    RecordingCache(InMemoryCompletionCache answers) {
      this(answers, Collections.synchronizedList(new ArrayList<>()));
    }

    @Override
    public Map<String, String> find(Collection<String> keys) {
      return answers.find(keys);
    }

    @Override
    public Map<String, String> keep(PaidCall call) {
      calls.add(call);
      return answers.keep(call);
    }

    Set<DroppedItemCounts> counts() {
      Set<DroppedItemCounts> counts = new HashSet<>();
      calls.forEach(call -> call.answers().values().forEach(kept -> counts.add(kept.counts())));
      return counts;
    }
  }
}

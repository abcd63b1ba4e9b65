package org.irisgraph.extract.llm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.irisgraph.endpoint.CompletionCache;
import org.irisgraph.endpoint.DroppedItemCounts;
import org.irisgraph.endpoint.EndpointThreads;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.endpoint.RetryingClient;
import org.irisgraph.endpoint.RunningCalls;
import org.irisgraph.extract.Span;
import org.irisgraph.extract.llm.AnswerExtractor.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * Gets the answers for a batch of texts, from the cache or from the model. Calls run on the threads
 * of the endpoint; everything else runs on the caller's thread, which stores each answer at once.
 */
final class CompletionBatch {

  private final Prompt prompt;
  private final RetryingClient<ChatRequest, ChatReply> client;
  private final CompletionCache cache;
  private final BooleanSupplier stopped;
  private final RunningCalls<ModelCall.Outcome> calls;

  private final Map<String, State> states = new LinkedHashMap<>();
  private final List<Question> toLookUp = new ArrayList<>();
  private final List<Question> toAsk = new ArrayList<>();

  CompletionBatch(
      Prompt prompt,
      EndpointThreads<ChatRequest, ChatReply> threads,
      CompletionCache cache,
      BooleanSupplier stopped) {
    this.prompt = prompt;
    this.client = threads.client();
    this.cache = cache;
    this.stopped = stopped;
    this.calls = new RunningCalls<>(threads);
  }

  /** The progress of a question: at most one of alignment, parts and rejection is set. */
  private static final class State {
    private final Question question;
    private @Nullable Alignment alignment;

    /** The parts of a split text, which are sent instead. */
    private @Nullable List<Span> parts;

    private @Nullable Rejection rejection;

    /** Whether a correction was requested; there is one at most. */
    private boolean isCorrected;

    private State(Question question) {
      this.question = question;
    }
  }

  AnswerExtractor run(Collection<String> texts) throws ModelException, InterruptedException {
    Map<String, List<Span>> chunks = new LinkedHashMap<>();
    for (String text : texts) {
      chunks.computeIfAbsent(text, whole -> TextChunker.cut(whole, prompt.maxTextTokens()));
    }
    chunks.forEach(this::register);
    try {
      while (!toLookUp.isEmpty() || !calls.isEmpty()) {
        lookUp();
        ModelCall.pack(toAsk, prompt).forEach(questions -> submit(questions, null));
        toAsk.clear();
        if (stopped.getAsBoolean()) {
          break;
        }
        Optional<ModelCall.Outcome> done = calls.poll();
        if (done.isPresent()) {
          process(done.get());
        }
      }
    } finally {
      cancelRunning();
    }
    Map<String, AnswerExtractor.Answer> answers = new HashMap<>();
    chunks.forEach(
        (text, spans) -> {
          ChunkAnswerMerger merger = new ChunkAnswerMerger(text);
          if (merge(text, 0, spans, merger)) {
            answers.put(text, merger.build());
          }
        });
    return new AnswerExtractor(answers);
  }

  private void register(String text, List<Span> spans) {
    for (Span span : spans) {
      Question question = Question.of(text, span, prompt);
      if (states.putIfAbsent(question.key(), new State(question)) == null) {
        toLookUp.add(question);
      }
    }
  }

  /** Takes the answers of the cache; the other questions are sent to the model. */
  private void lookUp() throws ModelException, InterruptedException {
    while (!toLookUp.isEmpty()) {
      List<Question> questions = List.copyOf(toLookUp);
      toLookUp.clear();
      Map<String, String> cached = cache.find(questions.stream().map(Question::key).toList());
      for (Question question : questions) {
        String answer = cached.get(question.key());
        if (answer == null) {
          toAsk.add(question);
        } else {
          settle(question.key(), answer);
        }
      }
    }
  }

  private void submit(List<Question> questions, ChatRequest.@Nullable Correction correction) {
    calls.submit(new ModelCall(client, prompt, questions, correction));
  }

  private void settle(String key, String stored) {
    State state = state(key);
    DocumentAnswer answer = DocumentAnswer.read(stored);
    if (answer.isSplit()) {
      state.parts = TextChunker.halve(state.question.text());
      register(state.question.text(), state.parts);
    } else {
      state.alignment = Alignment.of(state.question.text(), answer, prompt);
    }
  }

  private void process(ModelCall.Outcome outcome) throws ModelException, InterruptedException {
    keep(outcome);
    outcome
        .problems()
        .forEach(
            (key, problem) -> {
              State state = state(key);
              if (state.parts == null && state.alignment == null) {
                followUp(state, problem, outcome.call().questions().size() == 1);
              }
            });
  }

  /** Stores the answers of a call first, so that they are not paid for again after a crash. */
  private void keep(ModelCall.Outcome outcome) throws ModelException, InterruptedException {
    Map<String, CompletionCache.KeptAnswer> answers = new LinkedHashMap<>(outcome.answers());
    boolean isAlone = outcome.call().questions().size() == 1;
    outcome
        .problems()
        .forEach(
            (key, problem) -> {
              if (isAlone
                  && problem.isTooLong()
                  && !TextChunker.halve(state(key).question.text()).isEmpty()) {
                answers.put(
                    key,
                    new CompletionCache.KeptAnswer(
                        DocumentAnswer.SPLIT.toJson(), new DroppedItemCounts(0, 0, 0)));
              }
            });
    if (outcome.cost().documents() > 0 || !answers.isEmpty()) {
      cache.keep(outcome.cost().withAnswers(answers)).forEach(this::settle);
    }
  }

  /**
   * Sends the question once more, alone, or rejects it. The failure of a call with several texts
   * may be caused by one of them.
   */
  private void followUp(State state, ModelCall.Problem problem, boolean wasAlone) {
    boolean canCorrect = problem.correction() != null;
    if (!wasAlone || (canCorrect && !state.isCorrected)) {
      state.isCorrected |= canCorrect;
      submit(List.of(state.question), problem.correction());
    } else {
      state.rejection = problem.rejection();
    }
  }

  /** Cancels the running calls; answers that have arrived are stored, since they are paid. */
  private void cancelRunning() throws ModelException, InterruptedException {
    for (ModelCall.Outcome outcome : calls.cancel()) {
      keep(outcome);
    }
  }

  /** Adds the answers for the parts of a text; returns whether all of them are known. */
  private boolean merge(String text, int start, List<Span> spans, ChunkAnswerMerger merger) {
    for (Span span : spans) {
      String part = text.substring(span.start(), span.end());
      State state = state(prompt.key(part));
      int partStart = start + span.start();
      if (state.rejection != null) {
        merger.reject(state.rejection);
      } else if (state.parts != null) {
        if (!merge(part, partStart, state.parts, merger)) {
          return false;
        }
      } else if (state.alignment != null) {
        merger.add(partStart, state.alignment);
      } else {
        return false;
      }
    }
    return true;
  }

  private State state(String key) {
    return Objects.requireNonNull(states.get(key), "a question that was not registered");
  }
}

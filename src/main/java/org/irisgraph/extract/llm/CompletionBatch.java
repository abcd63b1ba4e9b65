package org.irisgraph.extract.llm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.irisgraph.extract.Span;
import org.irisgraph.extract.llm.AnswerExtractor.Rejection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Some texts on their way through a model. Calls run on the threads of the endpoint; all else
 * happens on the thread that asks, which keeps each answer as soon as it is there.
 */
final class CompletionBatch {

  private static final Logger LOG = LoggerFactory.getLogger(CompletionBatch.class);
  private static final long POLL_MILLIS = 100;

  private final Prompt prompt;
  private final RetryingChatClient client;
  private final CompletionCache store;
  private final BooleanSupplier stopped;
  private final CompletionService<ModelCall.Outcome> calls;
  private final List<Future<ModelCall.Outcome>> running = new ArrayList<>();

  private final Map<String, State> states = new LinkedHashMap<>();
  private final List<Question> toLookUp = new ArrayList<>();
  private final List<Question> toAsk = new ArrayList<>();

  CompletionBatch(
      Prompt prompt, EndpointThreads threads, CompletionCache store, BooleanSupplier stopped) {
    this.prompt = prompt;
    this.client = threads.client();
    this.store = store;
    this.stopped = stopped;
    this.calls = new ExecutorCompletionService<>(threads.threads());
  }

  /** What is known of a question. */
  private static final class State {
    private final Question question;

    /** Null as long as there is none. */
    private Alignment alignment;

    /** The parts that are asked about in its place, else null. */
    private List<Span> parts;

    private Rejection rejection;

    /** Whether its one repair was asked for. */
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
      while (!toLookUp.isEmpty() || !running.isEmpty()) {
        lookUp();
        ModelCall.pack(toAsk, prompt).forEach(questions -> submit(questions, null));
        toAsk.clear();
        if (stopped.getAsBoolean()) {
          break;
        }
        Future<ModelCall.Outcome> done = calls.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (done != null) {
          running.removeIf(call -> call == done);
          conclude(outcome(done));
        }
      }
    } finally {
      abandon();
    }
    Map<String, AnswerExtractor.Answer> answers = new HashMap<>();
    chunks.forEach(
        (text, spans) -> {
          AnswerExtractor.Answer answer = answer(text, spans);
          if (answer != null) {
            answers.put(text, answer);
          }
        });
    return new AnswerExtractor(answers);
  }

  private void register(String text, List<Span> spans) {
    for (Span span : spans) {
      Question question = Question.of(text.substring(span.start(), span.end()), prompt);
      if (states.putIfAbsent(question.key(), new State(question)) == null) {
        toLookUp.add(question);
      }
    }
  }

  /** Takes what the store has; the rest is to be asked. */
  private void lookUp() throws ModelException, InterruptedException {
    while (!toLookUp.isEmpty()) {
      List<Question> questions = List.copyOf(toLookUp);
      toLookUp.clear();
      Map<String, String> kept = store.find(questions.stream().map(Question::key).toList());
      for (Question question : questions) {
        String answer = kept.get(question.key());
        if (answer == null) {
          toAsk.add(question);
        } else {
          settle(question.key(), answer);
        }
      }
    }
  }

  private void submit(List<Question> questions, ChatRequest.Correction correction) {
    running.add(calls.submit(new ModelCall(client, prompt, questions, correction)));
  }

  private void settle(String key, String kept) {
    State state = states.get(key);
    DocumentAnswer answer = DocumentAnswer.read(kept);
    if (answer.isSplit()) {
      state.parts = TextChunker.halve(state.question.text());
      register(state.question.text(), state.parts);
    } else {
      state.alignment = Alignment.of(state.question.text(), answer, prompt);
    }
  }

  private void conclude(ModelCall.Outcome outcome) throws ModelException, InterruptedException {
    keep(outcome);
    outcome
        .problems()
        .forEach(
            (key, problem) -> {
              State state = states.get(key);
              if (state.parts == null && state.alignment == null) {
                followUp(state, problem, outcome.call().questions().size() == 1);
              }
            });
  }

  /** Before anything else, so that it is not paid for again whatever happens. */
  private void keep(ModelCall.Outcome outcome) throws ModelException, InterruptedException {
    Map<String, CompletionCache.KeptAnswer> answers = new LinkedHashMap<>();
    outcome
        .answers()
        .forEach(
            (key, answer) -> {
              String text = states.get(key).question.text();
              answers.put(
                  key,
                  new CompletionCache.KeptAnswer(
                      answer.toJson(), Alignment.of(text, answer, prompt).counts()));
            });
    boolean alone = outcome.call().questions().size() == 1;
    outcome
        .problems()
        .forEach(
            (key, problem) -> {
              if (alone
                  && problem.isTooLong()
                  && !TextChunker.halve(states.get(key).question.text()).isEmpty()) {
                answers.put(
                    key,
                    new CompletionCache.KeptAnswer(
                        DocumentAnswer.SPLIT.toJson(), new DroppedItemCounts(0, 0, 0)));
              }
            });
    CompletionCache.PaidCall cost = outcome.cost();
    if (cost != null || !answers.isEmpty()) {
      CompletionCache.PaidCall paid =
          cost == null
              ? CompletionCache.PaidCall.unpaid(prompt.model(), answers)
              : cost.withAnswers(answers);
      store.keep(paid).forEach(this::settle);
    }
  }

  /**
   * Asks once more, about this text alone, or gives it up. What went wrong with several texts may
   * be the fault of one of them.
   */
  private void followUp(State state, ModelCall.Problem problem, boolean wasAlone) {
    boolean repairs = problem.correction() != null;
    if (!wasAlone || (repairs && !state.isCorrected)) {
      state.isCorrected |= repairs;
      submit(List.of(state.question), problem.correction());
    } else {
      state.rejection = problem.rejection();
    }
  }

  private static ModelCall.Outcome outcome(Future<ModelCall.Outcome> done)
      throws ModelException, InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ModelException failure) {
        throw failure;
      }
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException("the call was interrupted");
      }
      throw new IllegalStateException("a call to the language model failed", e.getCause());
    }
  }

  /** Gives up what is under way, but for answers that are there already: they are paid. */
  private void abandon() throws ModelException, InterruptedException {
    for (Future<ModelCall.Outcome> call : running) {
      if (!call.cancel(true) && !call.isCancelled()) {
        try {
          keep(outcome(call));
        } catch (ModelException e) {
          LOG.debug("a call that was given up had failed", e);
        }
      }
    }
    running.clear();
  }

  /** Null if it was given up. */
  private AnswerExtractor.Answer answer(String text, List<Span> spans) {
    ChunkAnswerMerger builder = new ChunkAnswerMerger(text);
    Rejection[] rejection = {null};
    if (!collect(text, 0, spans, builder, rejection)) {
      return null;
    }
    return rejection[0] == null ? builder.build() : AnswerExtractor.Answer.rejected(rejection[0]);
  }

  /** Whether everything is known; the first rejection is that of the text. */
  private boolean collect(
      String text, int start, List<Span> spans, ChunkAnswerMerger builder, Rejection... rejection) {
    for (Span span : spans) {
      String part = text.substring(span.start(), span.end());
      State state = states.get(prompt.key(part));
      if (state.rejection != null) {
        rejection[0] = rejection[0] == null ? state.rejection : rejection[0];
      } else if (state.parts != null) {
        if (!collect(part, start + span.start(), state.parts, builder, rejection)) {
          return false;
        }
      } else if (state.alignment == null) {
        return false;
      } else {
        builder.add(start + span.start(), state.alignment);
      }
    }
    return true;
  }
}

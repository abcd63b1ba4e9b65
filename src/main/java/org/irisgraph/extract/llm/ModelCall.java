package org.irisgraph.extract.llm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.irisgraph.endpoint.CallFailure;
import org.irisgraph.endpoint.CompletionCache;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.endpoint.RetryingClient;
import org.irisgraph.endpoint.TokenCounter;
import org.irisgraph.endpoint.TokenUsage;
import org.irisgraph.extract.llm.AnswerExtractor.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * One call with some questions.
 *
 * @param correction what was wrong with the previous answer to the only question, null if there was
 *     none
 */
record ModelCall(
    RetryingClient<ChatRequest, ChatReply> client,
    Prompt prompt,
    List<Question> questions,
    ChatRequest.@Nullable Correction correction)
    implements Callable<ModelCall.Outcome> {

  /** Longest answer, in characters, that a correction quotes in full. */
  private static final int LONGEST_QUOTE = 2000;

  /**
   * Share of a call above which a text may have an answer that is too long for the rest of the
   * call. If the answer for a shorter text is truncated, the model is in a loop, and halves will
   * not help.
   */
  private static final double LARGE = 0.7;

  /**
   * The result of a call.
   *
   * @param answers to keep, by question key
   * @param problems of the other questions, by question key
   * @param cost what was paid, without the answers
   */
  record Outcome(
      ModelCall call,
      Map<String, CompletionCache.KeptAnswer> answers,
      Map<String, Problem> problems,
      CompletionCache.PaidCall cost) {}

  /**
   * Why there is no answer to a question.
   *
   * @param isTooLong whether a part of the text may have an answer
   * @param correction what to add to a second request; null if the model did not answer
   */
  record Problem(
      Rejection rejection, boolean isTooLong, ChatRequest.@Nullable Correction correction) {}

  @Override
  public Outcome call() throws ModelException, InterruptedException {
    Map<String, String> texts = new LinkedHashMap<>();
    questions.forEach(question -> texts.put(question.id(), question.text()));
    ChatRequest request = new ChatRequest(prompt, texts, correction);
    long start = System.nanoTime();
    ChatReply reply;
    try {
      reply = client.send(request);
    } catch (CallFailure e) {
      return failed(e);
    }
    return read(reply, request, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  private Outcome failed(CallFailure failure) {
    Map<String, Problem> problems = new HashMap<>();
    Problem problem =
        new Problem(
            new Rejection(failure.code(), failure.getMessage()),
            failure.kind() == CallFailure.Kind.TOO_LONG,
            null);
    questions.forEach(question -> problems.put(question.key(), problem));
    return new Outcome(this, Map.of(), problems, CompletionCache.PaidCall.unpaid(prompt.model()));
  }

  private Outcome read(ChatReply reply, ChatRequest request, long millis) {
    Map<String, CompletionCache.KeptAnswer> answers = new HashMap<>();
    Map<String, Problem> problems = new HashMap<>();
    Rejection cut = PromptCut.of(request, reply.usage()).orElse(null);
    if (cut != null) {
      // Alone, a text may fit.
      questions.forEach(question -> problems.put(question.key(), new Problem(cut, false, null)));
    } else {
      AnswerParser.Parsed parsed =
          AnswerParser.parse(reply.content(), request.textsById().keySet());
      for (Question question : questions) {
        String problem = parsed.problems().get(question.id());
        DocumentAnswer answer = parsed.answers().get(question.id());
        if (answer != null) {
          Alignment alignment = Alignment.of(question.text(), answer, prompt);
          problem = useless(question, answer, alignment);
          if (problem == null) {
            answers.put(
                question.key(),
                new CompletionCache.KeptAnswer(answer.toJson(), alignment.dropped()));
          }
        }
        if (problem != null) {
          problems.put(question.key(), problem(reply, problem));
        }
      }
    }
    TokenUsage usage =
        reply.usage() != null
            ? reply.usage()
            : new TokenUsage(request.promptTokens(), TokenCounter.count(reply.content()), true);
    return new Outcome(
        this,
        answers,
        problems,
        new CompletionCache.PaidCall(prompt.model(), questions.size(), usage, millis, Map.of()));
  }

  /**
   * Why nothing of an answer with entities can be used, null if something can. One chunk of many
   * may have invented names only; {@link ChunkAnswerMerger} rejects a document that has no others.
   */
  private static @Nullable String useless(
      Question question, DocumentAnswer answer, Alignment alignment) {
    if (answer.entities().isEmpty() || !alignment.entities().isEmpty()) {
      return null;
    }
    if (alignment.dropped().invented() > 0) {
      return question.isPart() ? null : Alignment.NO_NAMES;
    }
    return "none of the %d entities of the answer has one of the given types"
        .formatted(answer.entities().size());
  }

  private Problem problem(ChatReply reply, String ofDocument) {
    Rejection rejection =
        reply.problem() != null ? reply.problem() : new Rejection(ChatReply.MALFORMED, ofDocument);
    boolean isAlone = questions.size() == 1;
    return new Problem(
        rejection,
        isAlone
            && rejection.code().equals(ChatReply.TRUNCATED)
            && questions.get(0).weight() > LARGE * prompt.room(),
        new ChatRequest.Correction(rejection.message(), isAlone ? quote(reply.content()) : ""));
  }

  private static String quote(String content) {
    return content.length() <= LONGEST_QUOTE
        ? content
        : content.substring(0, content.offsetByCodePoints(0, LONGEST_QUOTE / 2));
  }

  /** Groups questions, in their order, into calls that are as full as possible. */
  static List<List<Question>> pack(List<Question> questions, Prompt prompt) {
    List<List<Question>> calls = new ArrayList<>();
    List<Question> open = new ArrayList<>();
    int weight = 0;
    for (Question question : questions) {
      boolean idTaken = open.stream().anyMatch(other -> other.id().equals(question.id()));
      if (!open.isEmpty() && (idTaken || weight + question.weight() > prompt.room())) {
        calls.add(open);
        open = new ArrayList<>();
        weight = 0;
      }
      open.add(question);
      weight += question.weight();
    }
    if (!open.isEmpty()) {
      calls.add(open);
    }
    return calls;
  }
}

package org.irisgraph.extract.llm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.irisgraph.extract.llm.AnswerExtractor.Rejection;

/**
 * One call: some questions, and what came back for each of them.
 *
 * @param correction what is wrong with an earlier answer for the only question, null if there was
 *     none
 */
record ModelCall(
    RetryingChatClient client,
    Prompt prompt,
    List<Question> questions,
    ChatRequest.Correction correction)
    implements Callable<ModelCall.Outcome> {

  /** Of an answer so many characters are shown again. */
  private static final int LONGEST_SHOWN = 2000;

  /**
   * The part of a call from which on a text may have more to say than the rest of the call has room
   * for. A shorter one whose answer breaks off has a model that does not come to an end.
   */
  private static final double LARGE = 0.7;

  /**
   * What came back.
   *
   * @param answers by the questions' keys
   * @param problems of the other questions, by their keys
   * @param cost what was paid, without the answers; null if nothing was
   */
  record Outcome(
      ModelCall call,
      Map<String, DocumentAnswer> answers,
      Map<String, Problem> problems,
      CompletionCache.PaidCall cost) {}

  /**
   * Why there is no answer for a question.
   *
   * @param isTooLong whether a part of the text may have one
   * @param correction what to say when it is asked about again
   */
  record Problem(Rejection rejection, boolean isTooLong, ChatRequest.Correction correction) {}

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
    return new Outcome(this, Map.of(), problems, null);
  }

  private Outcome read(ChatReply reply, ChatRequest request, long millis) {
    Map<String, String> keys = new HashMap<>();
    questions.forEach(question -> keys.put(question.id(), question.key()));
    AnswerParser.Found found = AnswerParser.read(reply.content(), keys.keySet());
    Map<String, DocumentAnswer> answers = new HashMap<>();
    found.answers().forEach((id, answer) -> answers.put(keys.get(id), answer));
    Map<String, Problem> problems = new HashMap<>();
    found.problems().forEach((id, problem) -> problems.put(keys.get(id), problem(reply, problem)));
    boolean counted = reply.promptTokens() >= 0 && reply.completionTokens() >= 0;
    return new Outcome(
        this,
        answers,
        problems,
        new CompletionCache.PaidCall(
            prompt.model(),
            questions.size(),
            counted ? reply.promptTokens() : request.promptTokens(),
            counted ? reply.completionTokens() : TokenCounter.count(reply.content()),
            !counted,
            millis,
            Map.of()));
  }

  private Problem problem(ChatReply reply, String ofDocument) {
    String why = reply.problem() == null ? ofDocument : reply.problem();
    boolean alone = questions.size() == 1;
    return new Problem(
        new Rejection(reply.code() == null ? ChatReply.MALFORMED : reply.code(), why),
        alone
            && ChatReply.TRUNCATED.equals(reply.code())
            && questions.get(0).weight() > LARGE * prompt.room(),
        new ChatRequest.Correction(why, alone ? shown(reply.content()) : ""));
  }

  private static String shown(String content) {
    return content.length() <= LONGEST_SHOWN
        ? content
        : content.substring(0, content.offsetByCodePoints(0, LONGEST_SHOWN / 2));
  }

  /** Gathers questions, in their order, into calls that are as full as they may be. */
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

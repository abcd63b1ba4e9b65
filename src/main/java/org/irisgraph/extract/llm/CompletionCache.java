package org.irisgraph.extract.llm;

import java.util.Collection;
import java.util.Map;

/** Keeps answers, so that nothing is paid for twice. Used by one thread at a time. */
public interface CompletionCache {

  /** The answers that are kept, by their keys. */
  Map<String, String> find(Collection<String> keys) throws ModelException, InterruptedException;

  /**
   * Keeps what a call gave, for good when it returns.
   *
   * @return the answers that are kept under these keys, which are others if somebody else was
   *     faster
   */
  Map<String, String> keep(PaidCall call) throws ModelException, InterruptedException;

  /**
   * What a call cost, and the answers it gave that can be used.
   *
   * @param documents how many texts it asked about; 0 if there was nothing to pay
   * @param promptTokens what was read
   * @param completionTokens what was written
   * @param isEstimate whether the server did not tell, and the tokens were counted here
   * @param millis how long it took
   * @param answers by their keys
   */
  record PaidCall(
      String model,
      int documents,
      long promptTokens,
      long completionTokens,
      boolean isEstimate,
      long millis,
      Map<String, KeptAnswer> answers) {

    /** What is known without an answer. */
    static PaidCall unpaid(String model, Map<String, KeptAnswer> answers) {
      return new PaidCall(model, 0, 0, 0, false, 0, answers);
    }

    PaidCall withAnswers(Map<String, KeptAnswer> others) {
      return new PaidCall(
          model, documents, promptTokens, completionTokens, isEstimate, millis, others);
    }
  }

  /** An answer as it is kept, and what it says that is not taken. */
  record KeptAnswer(String json, DroppedItemCounts counts) {}
}

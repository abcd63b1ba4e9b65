package org.irisgraph.endpoint;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.Map;

/** Stores answers, so that no completion is paid for twice. Used by one thread at a time. */
public interface CompletionCache {

  /** Keeps nothing, for answers that are used at once. */
  CompletionCache NONE =
      new CompletionCache() {
        @Override
        public Map<String, String> find(Collection<String> keys) {
          return Map.of();
        }

        @Override
        public Map<String, String> keep(PaidCall call) {
          return call.answers().entrySet().stream()
              .collect(toMap(Map.Entry::getKey, answer -> answer.getValue().json()));
        }
      };

  /** Returns the stored answers by key. */
  Map<String, String> find(Collection<String> keys) throws ModelException, InterruptedException;

  /**
   * Stores the answers of a call durably.
   *
   * @return the answers that are stored under these keys: those of another writer if it was faster
   */
  Map<String, String> keep(PaidCall call) throws ModelException, InterruptedException;

  /**
   * The cost of a call and its usable answers.
   *
   * @param documents number of texts in the request; 0 if nothing was paid
   * @param millis duration of the call
   * @param answers by key
   */
  record PaidCall(
      String model, int documents, TokenUsage usage, long millis, Map<String, KeptAnswer> answers) {

    /** Answers that cost nothing. */
    public static PaidCall unpaid(String model) {
      return new PaidCall(model, 0, new TokenUsage(0, 0, false), 0, Map.of());
    }

    /** The same with its answers. */
    public PaidCall withAnswers(Map<String, KeptAnswer> others) {
      return new PaidCall(model, documents, usage, millis, others);
    }
  }

  /** An answer in its stored form, and the number of its items that were dropped. */
  record KeptAnswer(String json, DroppedItemCounts counts) {}
}

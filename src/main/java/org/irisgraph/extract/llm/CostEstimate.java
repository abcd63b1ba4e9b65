package org.irisgraph.extract.llm;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.irisgraph.extract.Span;

/** Estimates the calls and tokens that texts would need. */
public final class CostEstimate {

  private final Prompt prompt;

  /** The first 64 bits of each key: enough to distinguish texts, and small. */
  private final Set<Long> seen = new HashSet<>();

  private long calls;
  private long promptTokens;
  private long completionTokens;
  private long roomLeft;

  public CostEstimate(Prompt prompt) {
    this.prompt = prompt;
  }

  /** The questions for a text: one for each chunk. */
  public List<Question> questions(String text) {
    return TextChunker.cut(text, prompt.maxTextTokens()).stream()
        .map(span -> question(text, span))
        .toList();
  }

  private Question question(String text, Span span) {
    return Question.of(text, span, prompt);
  }

  /**
   * Whether a cached entry is an answer rather than the note that a text was split. The parts of a
   * split text are not looked up, so that an estimate may be too high but never too low.
   */
  public static boolean isAnswer(String cached) {
    return !DocumentAnswer.read(cached).isSplit();
  }

  /** Adds a question that has no cached answer; returns false if it was added before. */
  public boolean add(Question question) {
    if (!seen.add(Long.parseUnsignedLong(question.key().substring(0, 16), 16))) {
      return false;
    }
    if (question.weight() > roomLeft) {
      calls++;
      roomLeft = prompt.room();
      promptTokens += prompt.systemTokens();
    }
    roomLeft -= question.weight();
    promptTokens += question.tokens() + Prompt.FRAME_TOKENS / 2;
    completionTokens += Prompt.answerTokens(question.tokens());
    return true;
  }

  /** Number of calls. */
  public long calls() {
    return calls;
  }

  /** Number of tokens that the model would read. */
  public long promptTokens() {
    return promptTokens;
  }

  /** Expected number of tokens that the model would write. */
  public long completionTokens() {
    return completionTokens;
  }
}

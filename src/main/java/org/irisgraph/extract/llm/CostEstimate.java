package org.irisgraph.extract.llm;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.irisgraph.extract.Span;

/** What asking a model about texts would take, as far as that can be told before. */
public final class CostEstimate {

  private final Prompt prompt;

  /** The beginnings of keys: enough to tell texts apart, few enough to be held in memory. */
  private final Set<Long> seen = new HashSet<>();

  private long calls;
  private long promptTokens;
  private long completionTokens;
  private long roomLeft;

  public CostEstimate(Prompt prompt) {
    this.prompt = prompt;
  }

  /** What would be asked about a text. */
  public List<Question> questions(String text) {
    return TextChunker.cut(text, prompt.maxTextTokens()).stream()
        .map(span -> question(text, span))
        .toList();
  }

  private Question question(String text, Span span) {
    return Question.of(text.substring(span.start(), span.end()), prompt);
  }

  /**
   * Whether what is kept for a question is an answer, and not that it was too long: what became of
   * its parts is not looked for, so that an estimate may be too high, and never too low.
   */
  public static boolean isAnswer(String kept) {
    return !DocumentAnswer.read(kept).isSplit();
  }

  /** Adds a question without an answer; gives whether it is a new one. */
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

  /** How many calls it would take. */
  public long calls() {
    return calls;
  }

  /** How many tokens the model would read. */
  public long promptTokens() {
    return promptTokens;
  }

  /** About how many tokens it would write. */
  public long completionTokens() {
    return completionTokens;
  }
}

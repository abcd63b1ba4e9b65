package org.irisgraph.extract.llm;

import java.util.ArrayList;
import java.util.List;
import org.irisgraph.endpoint.TokenCounter;
import org.irisgraph.extract.SentenceSplitter;
import org.irisgraph.extract.Span;

/**
 * Cuts a text that is too long for a call into overlapping chunks, between sentences where
 * possible, so that the model reads each cut with its context. Depends on the text and the number
 * of tokens only.
 */
final class TextChunker {

  /** Each chunk starts with about one tenth of the previous one. */
  private static final int OVERLAP_SHARE = 10;

  /** A single long sentence may overlap by up to one third. */
  private static final int LARGEST_OVERLAP = 3;

  /** Shorter texts are not halved. */
  private static final int SMALLEST_TOKENS = 40;

  private TextChunker() {}

  /** Returns chunks of at most the given number of tokens; one chunk if the text fits. */
  static List<Span> cut(String text, int maxTokens) {
    return TokenCounter.countQuoted(text) <= maxTokens
        ? List.of(new Span(0, text.length()))
        : chunks(text, maxTokens);
  }

  /** Returns two or three chunks, each about half of the text; none if the text is too short. */
  static List<Span> halve(String text) {
    int tokens = TokenCounter.countQuoted(text);
    if (tokens < SMALLEST_TOKENS) {
      return List.of();
    }
    List<Span> halves = chunks(text, tokens / 2 + tokens / OVERLAP_SHARE);
    return halves.size() < 2 ? List.of() : halves;
  }

  private record Piece(Span span, int tokens) {}

  private static List<Span> chunks(String text, int maxTokens) {
    List<Piece> pieces = new ArrayList<>();
    for (Span sentence : SentenceSplitter.split(text)) {
      addPieces(text, sentence, Math.max(1, maxTokens / OVERLAP_SHARE), maxTokens, pieces);
    }
    List<Span> chunks = new ArrayList<>();
    int first = 0;
    while (first < pieces.size()) {
      int end = first;
      int tokens = 0;
      while (end < pieces.size()
          && (end == first || tokens + pieces.get(end).tokens() <= maxTokens)) {
        tokens += pieces.get(end).tokens();
        end++;
      }
      chunks.add(new Span(pieces.get(first).span().start(), pieces.get(end - 1).span().end()));
      if (end == pieces.size()) {
        break;
      }
      first = Math.max(first + 1, end - overlap(pieces, first, end, maxTokens));
    }
    return chunks;
  }

  /**
   * Number of pieces at the end of a chunk that the next one repeats: a tenth of a chunk and at
   * least one, as far as there remains room for new text.
   */
  private static int overlap(List<Piece> pieces, int first, int end, int maxTokens) {
    int room = maxTokens - pieces.get(end).tokens();
    int shared = 0;
    int count = 0;
    while (end - count - 1 > first) {
      int more = pieces.get(end - count - 1).tokens();
      boolean enough = count > 0 && shared + more > maxTokens / OVERLAP_SHARE;
      if (enough || shared + more > Math.min(room, maxTokens / LARGEST_OVERLAP)) {
        break;
      }
      shared += more;
      count++;
    }
    return count;
  }

  /** Adds a sentence, or its parts if it is longer than a chunk. */
  private static void addPieces(
      String text, Span sentence, int partTokens, int maxTokens, List<Piece> pieces) {
    int tokens = TokenCounter.countQuoted(text.substring(sentence.start(), sentence.end()));
    if (tokens <= maxTokens) {
      pieces.add(new Piece(sentence, tokens));
      return;
    }
    int start = sentence.start();
    while (start < sentence.end()) {
      int end = partEnd(text, start, sentence.end(), partTokens);
      pieces.add(
          new Piece(new Span(start, end), TokenCounter.countQuoted(text.substring(start, end))));
      start = end;
    }
  }

  /**
   * Finds the end of a part of at most about {@code maxTokens}, after white space if there is any.
   */
  private static int partEnd(String text, int start, int limit, int maxTokens) {
    int length = Math.min(limit - start, 4 * maxTokens);
    while (length > 1
        && TokenCounter.countQuoted(text.substring(start, start + length)) > maxTokens) {
      length /= 2;
    }
    int end = start + length;
    if (end == limit) {
      return end;
    }
    for (int at = end; at > start + length / 2; at--) {
      if (Character.isWhitespace(text.charAt(at - 1))) {
        return at;
      }
    }
    // Never inside a surrogate pair.
    if (!Character.isLowSurrogate(text.charAt(end))) {
      return end;
    }
    return end - 1 > start ? end - 1 : end + 1;
  }
}

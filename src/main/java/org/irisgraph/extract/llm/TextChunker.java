package org.irisgraph.extract.llm;

import java.util.ArrayList;
import java.util.List;
import org.irisgraph.extract.SentenceSplitter;
import org.irisgraph.extract.Span;

/**
 * Cuts a text that is too long for a call into chunks that overlap, at the ends of sentences where
 * that is possible: what stands at a cut is read with what surrounds it. A function of the text and
 * the number of tokens alone.
 */
final class TextChunker {

  /** The part of a chunk that the next one begins with. */
  private static final int OVERLAP_SHARE = 10;

  /** The part that a single long sentence may take of it. */
  private static final int LARGEST_OVERLAP = 3;

  /** Below this a text is not cut any further. */
  private static final int SMALLEST_TOKENS = 40;

  private TextChunker() {}

  /**
   * The chunks of a text, each of so many tokens at most; the text as a whole if it has no more.
   */
  static List<Span> cut(String text, int maxTokens) {
    return TokenCounter.countQuoted(text) <= maxTokens
        ? List.of(new Span(0, text.length()))
        : chunks(text, maxTokens);
  }

  /** Two or three chunks of a text, each about half of it; none if it is too short for that. */
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
   * How many of the last pieces the next chunk begins with: a tenth of a chunk and at least one, as
   * far as that leaves room for what is new.
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

  /** A sentence, or the parts of one that is longer than a chunk. */
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
   * The end of a part that has about as many tokens as it may, behind white space if there is any.
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
    // Never between the two halves of a character.
    if (!Character.isLowSurrogate(text.charAt(end))) {
      return end;
    }
    return end - 1 > start ? end - 1 : end + 1;
  }
}

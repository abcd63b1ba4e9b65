package org.irisgraph.extract;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.graph.Passage;
import org.irisgraph.text.CharacterClasses;

/**
 * Divides texts into passages of whole sentences. A sentence that is longer than a passage is
 * divided at white space, at a line's end if one is in its second half, as in tables.
 *
 * @param size the most characters of a passage, in UTF-16 code units, at least 2
 * @param overlap the most characters that a passage repeats from the end of the one before, in
 *     whole sentences; less than {@code size}
 */
public record Passages(int size, int overlap) implements Serializable {

  /** Raise when the same text is divided differently. */
  public static final int VERSION = 1;

  /** The passages of a text, ordered by both start and end; none if the text is a single one. */
  public List<Passage> of(CharSequence text) {
    return of(text, sentences(text));
  }

  /**
   * The sentences of a text, and the parts of those that are too long; together they cover the
   * text. No passage has a part of one.
   */
  List<Span> sentences(CharSequence text) {
    List<Span> sentences = new ArrayList<>();
    for (Span sentence : SentenceSplitter.split(text)) {
      Span rest = sentence;
      while (rest.stripped(text).length() > size) {
        int end = partEnd(text, rest.stripped(text).start());
        sentences.add(new Span(rest.start(), end));
        rest = new Span(end, rest.end());
      }
      sentences.add(rest);
    }
    return sentences;
  }

  /** The end of the longest part of a sentence, which goes on for more than a passage. */
  private int partEnd(CharSequence text, int start) {
    int limit = start + size;
    int space = -1;
    for (int at = limit; at > start; at--) {
      char character = text.charAt(at);
      if (character == '\n' && at > start + size / 2) {
        return at;
      }
      if (CharacterClasses.isWhiteSpace(character) && space < 0) {
        space = at;
      }
    }
    if (space > 0) {
      return space;
    }
    boolean withinCharacter =
        Character.isLowSurrogate(text.charAt(limit))
            && Character.isHighSurrogate(text.charAt(limit - 1));
    return withinCharacter ? limit - 1 : limit;
  }

  /**
   * The passages of a text, ordered by both start and end; none if the text is a single one.
   *
   * @param sentences its {@link #sentences}
   */
  List<Passage> of(CharSequence text, List<Span> sentences) {
    List<Span> parts =
        sentences.stream()
            .map(sentence -> sentence.stripped(text))
            .filter(sentence -> sentence.length() > 0)
            .toList();
    List<Passage> passages = new ArrayList<>();
    int first = 0;
    int next = 0;
    while (next < parts.size()) {
      int start = parts.get(first).start();
      while (next < parts.size() && parts.get(next).end() - start <= size) {
        next++;
      }
      int end = parts.get(next - 1).end();
      passages.add(new Passage(start, end, null));
      first = next;
      while (next < parts.size()
          && end - parts.get(first - 1).start() <= overlap
          && parts.get(next).end() - parts.get(first - 1).start() <= size) {
        first--;
      }
    }
    return passages.size() > 1 ? List.copyOf(passages) : List.of();
  }
}

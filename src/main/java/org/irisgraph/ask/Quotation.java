package org.irisgraph.ask;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.irisgraph.base.ErrorText;
import org.irisgraph.extract.Span;
import org.irisgraph.graph.MentionPlace;
import org.irisgraph.graph.Sentence;
import org.irisgraph.text.FoldedText;

/** Quotes sentences of a document for people: in one line, cut, without control characters. */
final class Quotation {

  /** In characters; a text without full stops is one sentence. */
  private static final int LONGEST = 400;

  private static final String CELL = " | ";

  private static final int BEFORE = 100;
  private static final int LONGEST_TITLE = 120;

  private Quotation() {}

  static String title(String text) {
    int end = text.indexOf('\n');
    return line(ErrorText.cut(end < 0 ? text : text.substring(0, end), LONGEST_TITLE));
  }

  /** Whether a sentence is a row of a table, as the readers of tables write it. */
  static boolean isRow(String sentence) {
    return sentence.contains(CELL);
  }

  /**
   * Quotes a sentence with marks at the mentions in it. Of a long one, what is around a mention, or
   * around the two nearest ones if both ends of an edge are asked for.
   *
   * @param ends mentions of an entity
   * @param others those of the entity at the other end, or none
   */
  static Proof proof(
      String document,
      String text,
      Sentence sentence,
      List<MentionPlace> ends,
      List<MentionPlace> others) {
    Span all =
        new Span(
            Math.min(sentence.start(), text.length()), Math.min(sentence.end(), text.length()));
    List<MentionPlace> shown = nearest(within(all, ends), within(all, others));
    List<MentionPlace> marked = within(all, Stream.concat(ends.stream(), others.stream()).toList());
    StringBuilder quoted = new StringBuilder();
    List<Proof.Mark> marks = new ArrayList<>();
    int at = all.start();
    for (Span part : parts(text, all, shown)) {
      quoted.append(quoted.isEmpty() ? "" : " ").append(part.start() > at ? "… " : "");
      int free = part.start();
      for (MentionPlace place : within(part, marked)) {
        if (place.start() >= free) {
          int end = quoted.length() + line(text.substring(part.start(), place.end())).length();
          int length = line(text.substring(place.start(), place.end())).length();
          marks.add(new Proof.Mark(end - length, end));
          free = place.end();
        }
      }
      quoted.append(line(text.substring(part.start(), part.end())));
      at = part.end();
    }
    return new Proof(
        document, title(text), quoted.append(at < all.end() ? " …" : "").toString(), marks);
  }

  private static List<MentionPlace> within(Span span, List<MentionPlace> places) {
    return places.stream()
        .filter(place -> place.start() >= span.start() && place.end() <= span.end())
        .sorted(Comparator.comparingInt(MentionPlace::start))
        .toList();
  }

  /** The first mention or, of two entities, the two that are nearest, in the order of the text. */
  private static List<MentionPlace> nearest(List<MentionPlace> ends, List<MentionPlace> others) {
    if (ends.isEmpty() || others.isEmpty()) {
      return Stream.concat(ends.stream(), others.stream()).limit(1).toList();
    }
    return ends.stream()
        .flatMap(end -> others.stream().map(other -> List.of(end, other)))
        .min(Comparator.comparingInt(pair -> Math.abs(pair.get(0).start() - pair.get(1).start())))
        .orElseThrow()
        .stream()
        .sorted(Comparator.comparingInt(MentionPlace::start))
        .toList();
  }

  /** One part with all that is to be shown, or one around each. */
  private static List<Span> parts(String text, Span sentence, List<MentionPlace> shown) {
    if (sentence.end() - sentence.start() <= LONGEST || shown.isEmpty()) {
      int end = Math.min(sentence.end(), sentence.start() + LONGEST);
      return List.of(
          new Span(
              sentence.start(),
              end < sentence.end() ? lastWordEnd(text, sentence.start(), end) : end));
    }
    int from = firstWord(text, sentence.start(), shown.get(0));
    int last = shown.get(shown.size() - 1).end();
    int length = last - from <= LONGEST ? LONGEST : LONGEST / 2;
    List<Span> parts = new ArrayList<>();
    for (MentionPlace place : shown) {
      if (parts.isEmpty() || length < LONGEST) {
        int end = Math.max(from + length, place.end());
        end = end < sentence.end() ? lastWordEnd(text, place.end(), end) : sentence.end();
        parts.add(new Span(from, end));
        from = firstWord(text, end, shown.get(shown.size() - 1));
      }
    }
    return parts;
  }

  /** Where to begin before a mention: at a word, not before a limit. */
  private static int firstWord(String text, int limit, MentionPlace place) {
    int from = Math.max(limit, place.start() - BEFORE);
    for (int at = from; at > limit && at < place.start(); at++) {
      if (Character.isWhitespace(text.charAt(at - 1))) {
        return at;
      }
    }
    return outsidePair(text, from);
  }

  /** Where to end at an offset: with a whole word, not before a limit. */
  private static int lastWordEnd(String text, int limit, int end) {
    for (int at = end; at > limit; at--) {
      if (Character.isWhitespace(text.charAt(at))) {
        return at;
      }
    }
    return outsidePair(text, end);
  }

  /** Moves an offset back that would divide a surrogate pair. */
  private static int outsidePair(String text, int at) {
    boolean isInside =
        at > 0
            && at < text.length()
            && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
    return isInside ? at - 1 : at;
  }

  /** A part of a text in one line. */
  private static String line(String part) {
    return ErrorText.printable(FoldedText.collapse(part));
  }
}

package org.irisgraph.ask;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.irisgraph.graph.MentionPlace;
import org.irisgraph.graph.Sentence;
import org.irisgraph.text.CharacterClasses;

/** Quotes sentences of a document for people: in one line, cut, without control characters. */
final class Quotation {

  /** In characters; a text without full stops is one sentence. */
  private static final int LONGEST = 400;

  private static final int BEFORE = 100;
  private static final int LONGEST_TITLE = 120;

  private Quotation() {}

  static String title(String text) {
    int end = text.indexOf('\n');
    String line = end < 0 ? text : text.substring(0, end);
    return line(line, 0, Math.min(line.length(), LONGEST_TITLE), new int[0]).strip()
        + (line.length() > LONGEST_TITLE ? "…" : "");
  }

  /** Quotes a sentence with marks at the mentions in it. */
  static Proof proof(String document, String text, Sentence sentence, List<MentionPlace> all) {
    int start = Math.min(sentence.start(), text.length());
    int end = Math.min(sentence.end(), text.length());
    List<MentionPlace> places =
        all.stream()
            .filter(place -> place.start() >= start && place.end() <= end)
            .sorted(Comparator.comparingInt(MentionPlace::start))
            .toList();
    int from = start;
    if (end - start > LONGEST && !places.isEmpty()) {
      from = Math.max(start, places.get(0).start() - BEFORE);
    }
    int to = Math.min(end, from + LONGEST);
    int[] offsets = new int[to - from + 1];
    String quoted = line(text, from, to, offsets);
    String before = from > start ? "… " : "";
    List<Proof.Mark> marks = new ArrayList<>();
    int free = from;
    for (MentionPlace place : places) {
      if (place.start() >= free && place.end() <= to) {
        marks.add(
            new Proof.Mark(
                before.length() + offsets[place.start() - from],
                before.length() + offsets[place.end() - from]));
        free = place.end();
      }
    }
    return new Proof(document, title(text), before + quoted + (to < end ? " …" : ""), marks);
  }

  /**
   * A part of a text in one line.
   *
   * @param offsets receives the new offset of each character, and of the end; may be too short
   */
  private static String line(String text, int start, int end, int[] offsets) {
    StringBuilder line = new StringBuilder(end - start);
    for (int at = start; at < end; at++) {
      char character = text.charAt(at);
      boolean space = CharacterClasses.isWhiteSpace(character);
      if (at - start < offsets.length) {
        offsets[at - start] = line.length();
      }
      if (!space) {
        line.append(Character.isISOControl(character) ? '\uFFFD' : character);
      } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
        line.append(' ');
      }
    }
    if (end - start < offsets.length) {
      offsets[end - start] = line.length();
    }
    return line.toString().stripTrailing();
  }
}

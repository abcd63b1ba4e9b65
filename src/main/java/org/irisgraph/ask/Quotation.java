package org.irisgraph.ask;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.irisgraph.base.ErrorText;
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
      from = outsidePair(text, Math.max(start, places.get(0).start() - BEFORE));
    }
    int to = outsidePair(text, Math.min(end, from + LONGEST));
    String before = from > start ? "… " : "";
    List<Proof.Mark> marks = new ArrayList<>();
    int free = from;
    for (MentionPlace place : places) {
      if (place.start() >= free && place.end() <= to) {
        int marked = before.length() + line(text.substring(from, place.end())).length();
        marks.add(
            new Proof.Mark(
                marked - line(text.substring(place.start(), place.end())).length(), marked));
        free = place.end();
      }
    }
    return new Proof(
        document,
        title(text),
        before + line(text.substring(from, to)) + (to < end ? " …" : ""),
        marks);
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

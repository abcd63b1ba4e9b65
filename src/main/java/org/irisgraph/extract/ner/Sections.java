package org.irisgraph.extract.ner;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a long text into sections that are extracted from like documents of their own, so that
 * memory and the time for what a document's places have to do with each other stay bounded: a book
 * introduces an abbreviation anew in each chapter.
 */
final class Sections {

  /** Characters: more than an article has. */
  static final int LONGEST = 100_000;

  /** Where a section may end, the best first. */
  private static final List<String> ENDS = List.of("\n\n", ".\n", ". ", "\n", " ");

  private Sections() {}

  /** Where the sections of a text end; the last at the end of the text. */
  static List<Integer> ends(String text) {
    List<Integer> ends = new ArrayList<>();
    int start = 0;
    while (text.length() - start > LONGEST) {
      start = end(text, start);
      ends.add(start);
    }
    ends.add(text.length());
    return ends;
  }

  private static int end(String text, int start) {
    int latest = start + LONGEST;
    for (String end : ENDS) {
      int at = text.lastIndexOf(end, latest - end.length());
      if (at >= start + LONGEST / 2) {
        return at + end.length();
      }
    }
    return Character.isHighSurrogate(text.charAt(latest - 1)) ? latest - 1 : latest;
  }
}

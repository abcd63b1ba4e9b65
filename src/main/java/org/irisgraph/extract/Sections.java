package org.irisgraph.extract;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a long text into sections that are tagged separately, so that time and memory for the
 * relations between occurrences are bounded.
 */
public final class Sections {

  /** In characters; more than an article has. */
  static final int LONGEST = 100_000;

  /** Ends of sections, the best first. */
  private static final List<String> ENDS = List.of("\n\n", ".\n", ". ", "\n", " ");

  private Sections() {}

  /** Returns the ends of the sections; the last is the end of the text. */
  public static List<Integer> ends(String text) {
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

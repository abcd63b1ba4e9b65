package org.irisgraph.extract;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a text names something, as whole words: exactly as it is written, or else without regard to
 * case, to runs of white space, and to the form of hyphens and apostrophes. Between the characters
 * of scripts that put no spaces between words every place is the edge of one.
 */
public final class MentionLocator {

  private final String text;
  private FoldedText folded;
  private String foldedText;

  public MentionLocator(String text) {
    this.text = text;
  }

  /** The places, in their order, none overlapping another; empty if there are none. */
  public List<Span> of(String name) {
    String words = name.strip();
    if (words.isEmpty()) {
      return List.of();
    }
    List<Span> exact = exact(words);
    return exact.isEmpty() ? tolerant(words) : exact;
  }

  private List<Span> exact(String name) {
    List<Span> found = new ArrayList<>();
    int at = text.indexOf(name);
    while (at >= 0) {
      int end = at + name.length();
      boolean whole = isWordEdge(at) && isWordEdge(end);
      if (whole) {
        found.add(new Span(at, end));
      }
      at = text.indexOf(name, whole ? end : at + 1);
    }
    return found;
  }

  private List<Span> tolerant(String name) {
    if (folded == null) {
      folded = FoldedText.of(text);
      foldedText = folded.toString();
    }
    String sought = FoldedText.of(FoldedText.collapse(name)).toString();
    List<Span> found = new ArrayList<>();
    int at = sought.isEmpty() ? -1 : foldedText.indexOf(sought);
    while (at >= 0) {
      int start = folded.offset(at);
      int end = folded.offset(at + sought.length() - 1) + 1;
      boolean whole = isWordEdge(start) && isWordEdge(end);
      if (whole) {
        found.add(new Span(start, end));
      }
      at = foldedText.indexOf(sought, whole ? at + sought.length() : at + 1);
    }
    return found;
  }

  private boolean isWordEdge(int index) {
    if (index == 0 || index == text.length()) {
      return true;
    }
    int before = Character.codePointBefore(text, index);
    int after = Character.codePointAt(text, index);
    return !CharacterClasses.isWordPart(before)
        || !CharacterClasses.isWordPart(after)
        || isUnspaced(before)
        || isUnspaced(after);
  }

  private static boolean isUnspaced(int codePoint) {
    if (codePoint < 0x0E00) {
      return false;
    }
    return switch (Character.UnicodeScript.of(codePoint)) {
      // Korean has spaces, but its particles follow a name without one.
      case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }
}

package org.irisgraph.extract;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds a name in a text as whole words: in its exact spelling, or else ignoring case, runs of
 * white space and the form of hyphens and apostrophes. In scripts without spaces between words,
 * every position counts as a word boundary.
 */
public final class MentionLocator {

  private final String text;

  /** Folded when the first name is not found in its exact spelling. */
  private @Nullable FoldedText folded;

  public MentionLocator(String text) {
    this.text = text;
  }

  /** Returns the spans of a name in their order, without overlaps. */
  public List<Span> find(String name) {
    String words = name.strip();
    if (words.isEmpty()) {
      return List.of();
    }
    List<Span> exact = findExact(words);
    return exact.isEmpty() ? findFolded(words) : exact;
  }

  private List<Span> findExact(String name) {
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

  private List<Span> findFolded(String name) {
    FoldedText foldedText = folded();
    String haystack = foldedText.toString();
    String sought = FoldedText.of(FoldedText.collapse(name)).toString();
    List<Span> found = new ArrayList<>();
    int at = sought.isEmpty() ? -1 : haystack.indexOf(sought);
    while (at >= 0) {
      int start = foldedText.offset(at);
      int end = foldedText.offset(at + sought.length() - 1) + 1;
      boolean whole = isWordEdge(start) && isWordEdge(end);
      if (whole) {
        found.add(new Span(start, end));
      }
      at = haystack.indexOf(sought, whole ? at + sought.length() : at + 1);
    }
    return found;
  }

  private FoldedText folded() {
    FoldedText result = folded == null ? FoldedText.of(text) : folded;
    folded = result;
    return result;
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
      // Korean has spaces, but no space between a name and its particle.
      case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }
}

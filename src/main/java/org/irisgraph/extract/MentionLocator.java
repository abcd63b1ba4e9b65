package org.irisgraph.extract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.irisgraph.text.FoldedText;
import org.irisgraph.text.WordBoundaries;
import org.jspecify.annotations.Nullable;

/**
 * Finds a name in a text as whole words ({@link WordBoundaries}): in its exact spelling, or else as
 * {@link FoldedText} compares names, or else with a plural's {@code s}, since models give the
 * singular.
 */
public final class MentionLocator {

  /** A shorter name may be another word with an ending. */
  private static final int SHORTEST_SINGULAR = 4;

  private final String text;

  /** Folded when the first name is not found in its exact spelling. */
  private @Nullable List<Variant> folded;

  /** One way to read the text; its characters are copied once, not for each name. */
  private record Variant(FoldedText text, String characters) {}

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
    if (!exact.isEmpty()) {
      return exact;
    }
    String sought = FoldedText.name(words);
    List<Span> found = findFolded(sought);
    return found.isEmpty() && sought.length() >= SHORTEST_SINGULAR
        ? findFolded(sought + "s")
        : found;
  }

  private List<Span> findExact(String name) {
    List<Span> found = new ArrayList<>();
    int at = text.indexOf(name);
    while (at >= 0) {
      int end = at + name.length();
      boolean whole = isWhole(at, end);
      if (whole) {
        found.add(new Span(at, end));
      }
      at = text.indexOf(name, whole ? end : at + 1);
    }
    return found;
  }

  private List<Span> findFolded(String sought) {
    if (sought.isEmpty()) {
      return List.of();
    }
    List<Span> found = new ArrayList<>();
    for (Variant variant : folded()) {
      find(sought, variant.text(), variant.characters(), found);
    }
    found.sort(Comparator.comparingInt(Span::start).thenComparing(Span::end));
    List<Span> distinct = new ArrayList<>(found.size());
    int free = 0;
    for (Span span : found) {
      if (span.start() >= free) {
        distinct.add(span);
        free = span.end();
      }
    }
    return distinct;
  }

  private void find(String sought, FoldedText variant, String haystack, List<Span> found) {
    int at = haystack.indexOf(sought);
    while (at >= 0) {
      int last = at + sought.length() - 1;
      int start = variant.start(at);
      int end = variant.end(last);
      boolean whole =
          variant.startsCharacter(at) && variant.endsCharacter(last) && isWhole(start, end);
      if (whole) {
        found.add(new Span(start, end));
      }
      at = haystack.indexOf(sought, whole ? last + 1 : at + 1);
    }
  }

  private List<Variant> folded() {
    if (folded == null) {
      folded =
          FoldedText.variants(text).stream()
              .map(variant -> new Variant(variant, variant.toString()))
              .toList();
    }
    return folded;
  }

  private boolean isWhole(int start, int end) {
    return WordBoundaries.isBoundary(text, start) && WordBoundaries.isBoundary(text, end);
  }
}

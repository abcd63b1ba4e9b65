package org.irisgraph.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the definitions of abbreviations, as in {@code congestive heart failure (CHF)}, with the
 * algorithm of Schwartz and Hearst (A simple algorithm for identifying abbreviation definitions in
 * biomedical text, Pacific Symposium on Biocomputing 2003): it matches the letters of the short
 * form backwards with the words before the bracket, the first letter at the start of a word. Takes
 * linear time, since the text that is examined for each bracket is bounded.
 */
public final class Abbreviations {

  private static final int LONGEST_SHORT_FORM = 10;
  private static final int MAX_WORDS_OF_SHORT_FORM = 2;

  /** Characters before a bracket that are examined; more than ten words of a chemical name. */
  private static final int LOOK_BEHIND = 300;

  private final String text;

  private Abbreviations(String text) {
    this.text = text;
  }

  /** Returns the definitions in the order of the text. */
  public static List<Abbreviation> find(String text) {
    Abbreviations finder = new Abbreviations(text);
    List<Abbreviation> found = new ArrayList<>();
    for (int open = text.indexOf('('); open >= 0; open = text.indexOf('(', open + 1)) {
      finder.definedAt(open).ifPresent(found::add);
    }
    return found;
  }

  private Optional<Abbreviation> definedAt(int open) {
    return shortForm(open + 1).flatMap(shortForm -> define(shortForm, open));
  }

  private Optional<Abbreviation> define(Span shortForm, int open) {
    int end = open;
    while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    int length = shortForm.end() - shortForm.start();
    int start = earliest(end, Math.min(length + 5, length * 2));
    int found = firstLetter(shortForm, start, end);
    return found < 0 || end - found <= length
        ? Optional.empty()
        : Optional.of(new Abbreviation(new Span(found, end), shortForm));
  }

  /** Returns the content of a bracket, up to a comma or semicolon, if it may be a short form. */
  private Optional<Span> shortForm(int start) {
    int limit = Math.min(text.length(), start + LONGEST_SHORT_FORM + 1);
    int end = start;
    int words = 1;
    boolean letter = false;
    while (end < limit && ")];,".indexOf(text.charAt(end)) < 0) {
      char character = text.charAt(end);
      if (character == '(' || character == '\n') {
        return Optional.empty();
      }
      words += Character.isWhitespace(character) ? 1 : 0;
      letter |= Character.isLetter(character);
      end++;
    }
    boolean fits =
        end < limit
            && end - start > 1
            && letter
            && words <= MAX_WORDS_OF_SHORT_FORM
            && Character.isLetterOrDigit(text.charAt(start))
            && !Character.isWhitespace(text.charAt(end - 1));
    return fits ? Optional.of(new Span(start, end)) : Optional.empty();
  }

  /** Returns the start of the last words before an end, within the line and the look-behind. */
  private int earliest(int end, int words) {
    int limit = Math.max(0, end - LOOK_BEHIND);
    int left = words;
    int at = end;
    while (at > limit && text.charAt(at - 1) != '\n') {
      if (Character.isWhitespace(text.charAt(at - 1)) && --left == 0) {
        break;
      }
      at--;
    }
    return at;
  }

  /** Returns the start of the long form between start and end, -1 if there is none. */
  private int firstLetter(Span shortForm, int start, int end) {
    int at = end - 1;
    for (int letter = shortForm.end() - 1; letter >= shortForm.start(); letter--) {
      char wanted = Character.toLowerCase(text.charAt(letter));
      if (!Character.isLetterOrDigit(wanted)) {
        continue;
      }
      boolean first = letter == shortForm.start();
      while (at >= start
          && (Character.toLowerCase(text.charAt(at)) != wanted || (first && !startsWord(at)))) {
        at--;
      }
      if (at < start) {
        return -1;
      }
      at--;
    }
    return at + 1;
  }

  private boolean startsWord(int at) {
    return at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
  }
}

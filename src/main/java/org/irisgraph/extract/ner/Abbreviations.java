package org.irisgraph.extract.ner;

import java.util.ArrayList;
import java.util.List;
import org.irisgraph.extract.Span;

/**
 * Finds where a text introduces its abbreviations, as in {@code congestive heart failure (CHF)}, by
 * the algorithm of Schwartz and Hearst (A simple algorithm for identifying abbreviation definitions
 * in biomedical text, Pacific Symposium on Biocomputing 2003): the letters of the short form are
 * looked for backwards in the words before the bracket, the first of them at a word's beginning.
 * Takes time proportional to the text, for what is in a bracket and before it is bounded.
 */
public final class Abbreviations {

  private static final int LONGEST_SHORT_FORM = 10;
  private static final int MOST_WORDS_OF_SHORT_FORM = 2;

  /** Characters before a bracket that are looked at; ten words of a chemical's name have fewer. */
  private static final int REACH = 300;

  private final String text;

  private Abbreviations(String text) {
    this.text = text;
  }

  /** The abbreviations that the text introduces, in its order. */
  public static List<Abbreviation> find(String text) {
    Abbreviations finder = new Abbreviations(text);
    List<Abbreviation> found = new ArrayList<>();
    for (int open = text.indexOf('('); open >= 0; open = text.indexOf('(', open + 1)) {
      Abbreviation abbreviation = finder.introducedAt(open);
      if (abbreviation != null) {
        found.add(abbreviation);
      }
    }
    return found;
  }

  private Abbreviation introducedAt(int open) {
    Span shortForm = shortForm(open + 1);
    if (shortForm == null) {
      return null;
    }
    int end = open;
    while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    int length = shortForm.end() - shortForm.start();
    int start = earliest(end, Math.min(length + 5, length * 2));
    int found = firstLetter(shortForm, start, end);
    return found < 0 || end - found <= length
        ? null
        : new Abbreviation(new Span(found, end), shortForm);
  }

  /** What is in the bracket, up to a comma or semicolon; null if it cannot be a short form. */
  private Span shortForm(int start) {
    int limit = Math.min(text.length(), start + LONGEST_SHORT_FORM + 1);
    int end = start;
    int words = 1;
    boolean letter = false;
    while (end < limit && ")];,".indexOf(text.charAt(end)) < 0) {
      char character = text.charAt(end);
      if (character == '(' || character == '\n') {
        return null;
      }
      words += Character.isWhitespace(character) ? 1 : 0;
      letter |= Character.isLetter(character);
      end++;
    }
    boolean fits =
        end < limit
            && end - start > 1
            && letter
            && words <= MOST_WORDS_OF_SHORT_FORM
            && Character.isLetterOrDigit(text.charAt(start))
            && !Character.isWhitespace(text.charAt(end - 1));
    return fits ? new Span(start, end) : null;
  }

  /** Where so many words before the end begin; not before the line or far away. */
  private int earliest(int end, int words) {
    int limit = Math.max(0, end - REACH);
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

  /** Where the long form begins, between start and end; -1 if there is none. */
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

package org.irisgraph.extract;

import org.irisgraph.text.CharacterClasses;

/** The characters {@code start} to {@code end} of a text, in UTF-16 code units. */
public record Span(int start, int end) {

  /** The span without white space at its ends. */
  Span stripped(CharSequence text) {
    int first = start;
    int last = end;
    while (first < last && CharacterClasses.isWhiteSpace(text.charAt(first))) {
      first++;
    }
    while (first < last && CharacterClasses.isWhiteSpace(text.charAt(last - 1))) {
      last--;
    }
    return new Span(first, last);
  }

  int length() {
    return end - start;
  }
}

package org.irisgraph.extract;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.irisgraph.graph.Mention;

/**
 * A sentence in which each mention stands as its type, so that an expression can speak of mentions:
 * {@code Fever was treated with aspirin.} becomes {@code <SYMPTOM> was treated with <DRUG>.}, with
 * two characters for the brackets that texts do not have. White space is one space.
 */
final class MaskedSentence {

  private static final char OPEN = '\uE000';
  private static final char CLOSE = '\uE001';

  /** Matches a mention of any type. */
  static final String ANY = OPEN + "[^" + CLOSE + "]*" + CLOSE;

  private final StringBuilder masked = new StringBuilder();
  private final List<Mask> masks = new ArrayList<>();

  /** Where a mention stands. */
  private record Mask(int start, int end, Mention mention) {}

  /**
   * Masks a sentence.
   *
   * @param text the document's
   * @param mentions those that begin in the sentence, in their order
   */
  MaskedSentence(String text, Span sentence, List<Mention> mentions) {
    int position = sentence.start();
    for (Mention mention : mentions) {
      append(text, position, mention.start());
      int start = masked.length();
      masked.append(OPEN).append(mention.type().toUpperCase(Locale.ROOT)).append(CLOSE);
      masks.add(new Mask(start, masked.length(), mention));
      position = mention.end();
    }
    append(text, position, sentence.end());
  }

  /** An expression for a mention of a type. */
  static String mask(String type) {
    return OPEN + Pattern.quote(type.toUpperCase(Locale.ROOT)) + CLOSE;
  }

  /** The sentence as expressions see it. */
  CharSequence text() {
    return masked;
  }

  /** The mentions within a part of {@link #text}. */
  List<Mention> mentions(int start, int end) {
    List<Mention> within = new ArrayList<>();
    for (int i = firstFrom(start); i < masks.size() && masks.get(i).end() <= end; i++) {
      within.add(masks.get(i).mention());
    }
    return within;
  }

  private int firstFrom(int position) {
    int low = 0;
    int high = masks.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (masks.get(middle).start() >= position) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private void append(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (!CharacterClasses.isWhiteSpace(c) && c != OPEN && c != CLOSE) {
        masked.append(c);
      } else if (!masked.isEmpty() && masked.charAt(masked.length() - 1) != ' ') {
        masked.append(' ');
      }
    }
  }
}

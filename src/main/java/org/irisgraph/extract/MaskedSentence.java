package org.irisgraph.extract;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.irisgraph.graph.Mention;
import org.irisgraph.text.CharacterClasses;

/**
 * A sentence with each mention replaced by its type, so that a regular expression can refer to
 * mentions: {@code Fever was treated with aspirin.} becomes {@code <SYMPTOM> was treated with
 * <DRUG>.}, with two private-use characters as brackets. Each run of white space is one space.
 */
final class MaskedSentence {

  private static final char OPEN = '\uE000';
  private static final char CLOSE = '\uE001';

  /** Matches a mention of any type. */
  static final String ANY = OPEN + "[^" + CLOSE + "]*" + CLOSE;

  private final StringBuilder masked = new StringBuilder();
  private final List<Mask> masks = new ArrayList<>();

  /** The position of a mention in the masked sentence. */
  private record Mask(int start, int end, Mention mention) {}

  /**
   * @param text text of the document
   * @param mentions mentions that start in the sentence, in their order
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

  /** Returns an expression that matches a mention of a type. */
  static String mask(String type) {
    return OPEN + Pattern.quote(type.toUpperCase(Locale.ROOT)) + CLOSE;
  }

  /** The masked sentence. */
  CharSequence text() {
    return masked;
  }

  /** Returns the mentions in a part of {@link #text}. */
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

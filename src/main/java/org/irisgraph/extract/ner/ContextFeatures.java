package org.irisgraph.extract.ner;

import java.util.List;
import java.util.Set;

/**
 * The features that a token gets from its place in the document: neighbours in pairs, known names,
 * abbreviations, and what stands beside its word elsewhere in the document.
 */
final class ContextFeatures {

  private static final long GAPS = Hash.of("gaps");
  private static final long GAP_BEFORE = Hash.of("gap before");
  private static final long GAP_AFTER = Hash.of("gap after");
  private static final long PAIR = Hash.of("pair");
  private static final long TRIPLE = Hash.of("triple");
  private static final long SHAPES = Hash.of("shapes");
  private static final long KNOWN = Hash.of("known");
  private static final long KNOWN_PAIR = Hash.of("known pair");
  private static final long KNOWN_WORD = Hash.of("known word");
  private static final long OUTSIDE = Hash.of("outside of the text");

  private final Tokens tokens;
  private final byte[][] known;
  private final ShortForms shortForms;

  /**
   * @param lexicons names that are known beforehand; each has features of its own
   * @param own see {@link Lexicon#find}
   */
  ContextFeatures(Tokens tokens, List<Lexicon> lexicons, Set<Long> own, Lexicon terms) {
    this.tokens = tokens;
    this.known = new byte[lexicons.size()][];
    for (int lexicon = 0; lexicon < known.length; lexicon++) {
      known[lexicon] = lexicons.get(lexicon).find(tokens, own);
    }
    this.shortForms = ShortForms.of(tokens, terms);
  }

  /** Adds the token's features. */
  void add(int token, LongList features) {
    neighbours(token, features);
    for (int lexicon = 0; lexicon < known.length; lexicon++) {
      known(token, lexicon, features);
    }
    shortForms.add(token, features);
  }

  private void neighbours(int token, LongList features) {
    long secondBefore = lower(token - 2);
    long before = lower(token - 1);
    long here = lower(token);
    long after = lower(token + 1);
    long secondAfter = lower(token + 2);
    int gapBefore = tokens.gap(token);
    int gapAfter = tokens.gap(token + 1);
    features.add(Hash.of(GAPS, gapBefore, gapAfter));
    features.add(Hash.of(GAP_BEFORE, gapBefore, before));
    features.add(Hash.of(GAP_AFTER, gapAfter, after));
    features.add(Hash.of(PAIR + 1, before, here));
    features.add(Hash.of(PAIR + 2, here, after));
    features.add(Hash.of(PAIR + 3, secondBefore, before));
    features.add(Hash.of(PAIR + 4, after, secondAfter));
    features.add(Hash.of(PAIR + 5, before, after));
    features.add(Hash.of(Hash.of(TRIPLE, before), here, after));
    features.add(Hash.of(Hash.of(TRIPLE + 1, secondBefore), before, here));
    features.add(Hash.of(Hash.of(TRIPLE + 2, here), after, secondAfter));
    features.add(Hash.of(PAIR + 6, suffix(token - 1), suffix(token)));
    features.add(Hash.of(PAIR + 7, suffix(token), suffix(token + 1)));
    features.add(Hash.of(PAIR + 8, suffix(token - 1), suffix(token + 1)));
    if (gapBefore == Tokens.JOINED) {
      features.add(Hash.of(PAIR + 9, suffix(token - 2), suffix(token)));
    }
    features.add(Hash.of(Hash.of(SHAPES, shape(token - 1)), shape(token), shape(token + 1)));
  }

  private void known(int token, int lexicon, LongList features) {
    long before = token == 0 ? 0 : known[lexicon][token - 1];
    long here = known[lexicon][token];
    long after = token + 1 == tokens.size() ? 0 : known[lexicon][token + 1];
    if (here == 0 && before == 0 && after == 0) {
      return;
    }
    features.add(Hash.of(KNOWN + lexicon, 0, here));
    features.add(Hash.of(KNOWN + lexicon, 1, before));
    features.add(Hash.of(KNOWN + lexicon, 2, after));
    features.add(Hash.of(Hash.of(KNOWN_PAIR + lexicon, before), here, after));
    if (here != 0) {
      features.add(Hash.of(KNOWN_WORD + lexicon, here, lower(token)));
    }
  }

  private long lower(int token) {
    return token < 0 || token >= tokens.size() ? OUTSIDE : tokens.word(token).lowerHash();
  }

  private long suffix(int token) {
    return token < 0 || token >= tokens.size() ? OUTSIDE : tokens.word(token).suffixHash();
  }

  private long shape(int token) {
    return token < 0 || token >= tokens.size() ? OUTSIDE : tokens.word(token).shapeHash();
  }
}

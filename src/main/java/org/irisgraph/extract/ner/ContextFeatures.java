package org.irisgraph.extract.ner;

import java.util.List;
import java.util.Set;

/** Features of a token's context: pairs of neighbours, known names and abbreviations. */
final class ContextFeatures {

  private static final long GAPS = FeatureHash.of("gaps");
  private static final long GAP_BEFORE = FeatureHash.of("gap before");
  private static final long GAP_AFTER = FeatureHash.of("gap after");
  private static final long PAIR = FeatureHash.of("pair");
  private static final long TRIPLE = FeatureHash.of("triple");
  private static final long SHAPES = FeatureHash.of("shapes");
  private static final long CLASSES = FeatureHash.of("classes");
  private static final long KNOWN = FeatureHash.of("known");
  private static final long KNOWN_PAIR = FeatureHash.of("known pair");
  private static final long KNOWN_WORD = FeatureHash.of("known word");
  private static final long OUTSIDE = FeatureHash.of("outside of the text");

  private final TokenizedText tokens;
  private final byte[][] known;
  private final WordClasses classes;
  private final ShortForms shortForms;

  /**
   * @param lexicons known names; each lexicon has its own features
   * @param own see {@link Lexicon#find}
   * @param classes of pairs of neighbours; none without levels
   */
  ContextFeatures(
      TokenizedText tokens,
      List<Lexicon> lexicons,
      Set<Long> own,
      Lexicon terms,
      WordClasses classes) {
    this.classes = classes;
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
    if (classes.levels() > 0) {
      classes(token, features);
    }
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
    features.add(FeatureHash.of(GAPS, gapBefore, gapAfter));
    features.add(FeatureHash.of(GAP_BEFORE, gapBefore, before));
    features.add(FeatureHash.of(GAP_AFTER, gapAfter, after));
    features.add(FeatureHash.of(PAIR + 1, before, here));
    features.add(FeatureHash.of(PAIR + 2, here, after));
    features.add(FeatureHash.of(PAIR + 3, secondBefore, before));
    features.add(FeatureHash.of(PAIR + 4, after, secondAfter));
    features.add(FeatureHash.of(PAIR + 5, before, after));
    features.add(FeatureHash.of(FeatureHash.of(TRIPLE, before), here, after));
    features.add(FeatureHash.of(FeatureHash.of(TRIPLE + 1, secondBefore), before, here));
    features.add(FeatureHash.of(FeatureHash.of(TRIPLE + 2, here), after, secondAfter));
    features.add(FeatureHash.of(PAIR + 6, suffix(token - 1), suffix(token)));
    features.add(FeatureHash.of(PAIR + 7, suffix(token), suffix(token + 1)));
    features.add(FeatureHash.of(PAIR + 8, suffix(token - 1), suffix(token + 1)));
    if (gapBefore == TokenizedText.JOINED) {
      features.add(FeatureHash.of(PAIR + 9, suffix(token - 2), suffix(token)));
    }
    features.add(
        FeatureHash.of(FeatureHash.of(SHAPES, shape(token - 1)), shape(token), shape(token + 1)));
  }

  /** Pairs of classes, at the middle level. */
  private void classes(int token, LongList features) {
    long before = classOf(token - 1);
    long here = classOf(token);
    long after = classOf(token + 1);
    features.add(FeatureHash.of(CLASSES, before, here));
    features.add(FeatureHash.of(CLASSES + 1, here, after));
    features.add(FeatureHash.of(CLASSES + 2, before, after));
  }

  private long classOf(int token) {
    if (token < 0 || token >= tokens.size()) {
      return OUTSIDE;
    }
    Word word = tokens.word(token);
    long number = classes.of(word, classes.levels() / 2);
    return FeatureHash.of(number, word.shapeHash());
  }

  private void known(int token, int lexicon, LongList features) {
    long before = token == 0 ? 0 : known[lexicon][token - 1];
    long here = known[lexicon][token];
    long after = token + 1 == tokens.size() ? 0 : known[lexicon][token + 1];
    if (here == 0 && before == 0 && after == 0) {
      return;
    }
    features.add(FeatureHash.of(KNOWN + lexicon, 0, here));
    features.add(FeatureHash.of(KNOWN + lexicon, 1, before));
    features.add(FeatureHash.of(KNOWN + lexicon, 2, after));
    features.add(FeatureHash.of(FeatureHash.of(KNOWN_PAIR + lexicon, before), here, after));
    if (here != 0) {
      features.add(FeatureHash.of(KNOWN_WORD + lexicon, here, lower(token)));
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

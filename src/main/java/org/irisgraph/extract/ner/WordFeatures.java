package org.irisgraph.extract.ner;

/**
 * Features of a word for its own token and for neighbouring tokens. They depend on the word only,
 * so that their weights are summed once for each word.
 */
final class WordFeatures {

  /** Position of the word relative to the token that gets the features. */
  static final int HERE = 0;

  static final int BEFORE = 1;
  static final int AFTER = 2;
  static final int SECOND_BEFORE = 3;
  static final int SECOND_AFTER = 4;
  static final int AROUND = 5;
  static final int RELATIONS = 6;

  private static final long WORD = FeatureHash.of("word");
  private static final long LOWER = FeatureHash.of("lower");
  private static final long SHAPE = FeatureHash.of("shape");
  private static final long LONG_SHAPE = FeatureHash.of("long shape");
  private static final long PREFIX = FeatureHash.of("prefix");
  private static final long SUFFIX = FeatureHash.of("suffix");
  private static final long GRAM = FeatureHash.of("gram");
  private static final long LENGTH = FeatureHash.of("length");
  private static final long HEAD = FeatureHash.of("head of terms");
  private static final long CLASS = FeatureHash.of("class");
  private static final long SHAPED_CLASS = FeatureHash.of("class and shape");
  private static final long PART = FeatureHash.of("part of terms");

  private static final int LONGEST_AFFIX = 6;
  private static final int LONGEST_GRAM = 5;
  private static final int SHORTEST_GRAM = 3;

  /** Only so many characters of a long word, such as a sequence of bases, are used. */
  private static final int MAX_LENGTH = 40;

  private final Lexicon terms;
  private final WordClasses classes;

  WordFeatures(Lexicon terms, WordClasses classes) {
    this.terms = terms;
    this.classes = classes;
  }

  /** Adds the features of a word for a token at a relative position. */
  void add(Word word, int relation, LongList features) {
    if (relation != AROUND) {
      classes(word, relation, features);
    }
    switch (relation) {
      case HERE -> here(word, features);
      case BEFORE, AFTER -> neighbour(word, relation, features);
      case AROUND -> around(word, features);
      default -> {
        add(relation, LOWER, word.lowerHash(), features);
        add(relation, SHAPE, word.shapeHash(), features);
        affixes(word, relation, SUFFIX, 3, 3, features);
      }
    }
  }

  private void classes(Word word, int relation, LongList features) {
    for (int level = 0; level < classes.levels(); level++) {
      long number = classes.of(word, level);
      if (number != 0) {
        add(relation, CLASS + level, number, features);
        if (relation == HERE) {
          add(relation, SHAPED_CLASS + level, FeatureHash.of(number, word.shapeHash()), features);
        }
      }
    }
  }

  private void here(Word word, LongList features) {
    add(HERE, WORD, FeatureHash.of(word.text()), features);
    add(HERE, LOWER, word.lowerHash(), features);
    add(HERE, SHAPE, word.shapeHash(), features);
    String start = beginning(word.text());
    add(HERE, LONG_SHAPE, FeatureHash.of(Word.shape(start, 4)), features);
    add(HERE, LENGTH, Math.min(word.text().length(), 12), features);
    affixes(word, HERE, PREFIX, 1, LONGEST_AFFIX, features);
    affixes(word, HERE, SUFFIX, 1, LONGEST_AFFIX, features);
    grams(beginning(word.lower()), features);
    if (word.isLetters()) {
      add(HERE, HEAD, terms.namesThatEndWith(word), features);
      add(HERE, PART, terms.namesWith(word), features);
    }
  }

  private void neighbour(Word word, int relation, LongList features) {
    add(relation, LOWER, word.lowerHash(), features);
    add(relation, SHAPE, word.shapeHash(), features);
    affixes(word, relation, PREFIX, 2, 4, features);
    affixes(word, relation, SUFFIX, 2, 4, features);
    if (word.isLetters()) {
      add(relation, HEAD, terms.namesThatEndWith(word), features);
    }
  }

  /** Adds the features of the word between white space that contains the token. */
  private static void around(Word chunk, LongList features) {
    add(AROUND, LOWER, chunk.lowerHash(), features);
    add(AROUND, LONG_SHAPE, FeatureHash.of(Word.shape(beginning(chunk.text()), 2)), features);
    affixes(chunk, AROUND, PREFIX, 2, 4, features);
    affixes(chunk, AROUND, SUFFIX, 2, 5, features);
  }

  private static void affixes(
      Word word, int relation, long kind, int shortest, int longest, LongList features) {
    String lower = word.lower();
    int length = lower.length();
    for (int size = shortest; size <= Math.min(longest, length); size++) {
      long hash =
          kind == PREFIX
              ? FeatureHash.of(lower, 0, size)
              : FeatureHash.of(lower, length - size, length);
      add(relation, kind + size, hash, features);
    }
  }

  private static void grams(String lower, LongList features) {
    String framed = "^" + lower + "$";
    for (int size = SHORTEST_GRAM; size <= LONGEST_GRAM; size++) {
      for (int start = 0; start + size <= framed.length(); start++) {
        long feature = FeatureHash.of(GRAM, FeatureHash.of(framed, start, start + size));
        if (framed.indexOf(framed.substring(start, start + size)) == start) {
          features.add(feature);
        }
      }
    }
  }

  private static void add(int relation, long kind, long value, LongList features) {
    features.add(FeatureHash.of(kind, relation, value));
  }

  private static String beginning(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
  }
}

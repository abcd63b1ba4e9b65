package org.irisgraph.extract.ner;

import java.util.concurrent.ConcurrentHashMap;

/**
 * What words contribute to the tags' scores, added up once for each word and shared by all threads.
 * Texts repeat their words: most of a token's features cost nothing but a look at this.
 */
final class WordScores {

  /** Words that are kept, of about 300 bytes each; what is rarer is added up for each document. */
  private static final int MOST = 20_000;

  /** Characters; what is longer is no word, and rare. */
  private static final int LONGEST = 64;

  private final ConcurrentHashMap<String, float[]> known = new ConcurrentHashMap<>();
  private final WordFeatures features;
  private final Weights weights;
  private final int tags;

  WordScores(WordFeatures features, Weights weights, Tags tags) {
    this.features = features;
    this.weights = weights;
    this.tags = tags.size();
  }

  /** For each relation of {@link WordFeatures}, one score for each tag. */
  float[] of(Word word) {
    float[] scores = known.get(word.text());
    if (scores == null) {
      scores = compute(word);
      if (known.size() < MOST && word.text().length() <= LONGEST) {
        known.put(word.text(), scores);
      }
    }
    return scores;
  }

  private float[] compute(Word word) {
    LongList list = new LongList();
    float[] relations = new float[WordFeatures.RELATIONS * tags];
    for (int relation = 0; relation < WordFeatures.RELATIONS; relation++) {
      list.clear();
      features.add(word, relation, list);
      weights.addAll(list, 0, relations, relation * tags);
    }
    return relations;
  }
}

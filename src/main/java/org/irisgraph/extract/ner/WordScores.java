package org.irisgraph.extract.ner;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Caches the contribution of words to the scores of tags, shared by all threads. Since texts repeat
 * their words, most features of a token cost one lookup.
 */
final class WordScores {

  /** Maximum number of cached words, of about 300 bytes each. */
  private static final int MAX_WORDS = 20_000;

  /** Longer words, in characters, are rare and not cached. */
  private static final int LONGEST = 64;

  private final ConcurrentHashMap<String, float[]> cache = new ConcurrentHashMap<>();
  private final WordFeatures features;
  private final Weights weights;
  private final int tags;

  WordScores(WordFeatures features, Weights weights, Tags tags) {
    this.features = features;
    this.weights = weights;
    this.tags = tags.size();
  }

  /** Returns one score for each relative position of {@link WordFeatures} and each tag. */
  float[] of(Word word) {
    float[] scores = cache.get(word.text());
    if (scores == null) {
      scores = compute(word);
      if (cache.size() < MAX_WORDS && word.text().length() <= LONGEST) {
        cache.put(word.text(), scores);
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

package org.irisgraph.extract.ner;

import java.util.Arrays;

/** The tags' scores at each token of a document. Not for several threads. */
final class DocumentScores {

  private final TokenizedText tokens;
  private final int tags;
  private final Weights weights;
  private final float[][] ofWords;
  private final ContextFeatures context;
  private final DocumentContext surroundings;
  private final float[][] ofSurroundings;
  private final LongList features = new LongList();

  DocumentScores(
      TokenizedText tokens,
      FeatureResources knowledge,
      WordScores words,
      Weights weights,
      Tags tags) {
    this.tokens = tokens;
    this.tags = tags.size();
    this.weights = weights;
    this.ofWords = tokens.words().stream().map(words::of).toArray(float[][]::new);
    this.context = knowledge.contextOf(tokens);
    this.surroundings = DocumentContext.of(tokens);
    this.ofSurroundings = new float[ofWords.length][];
  }

  /** Puts the scores of the tags at the token. */
  void at(int token, float[] scores) {
    Arrays.fill(scores, 0);
    add(token, WordFeatures.HERE, scores);
    add(token - 1, WordFeatures.BEFORE, scores);
    add(token + 1, WordFeatures.AFTER, scores);
    add(token - 2, WordFeatures.SECOND_BEFORE, scores);
    add(token + 2, WordFeatures.SECOND_AFTER, scores);
    addRelation(ofWords[tokens.chunkOf(token)], WordFeatures.AROUND, scores);
    float[] around = surroundings(tokens.wordOf(token));
    for (int tag = 0; tag < tags; tag++) {
      scores[tag] += around[tag];
    }
    features.clear();
    context.add(token, features);
    weights.addAll(features, 0, scores, 0);
  }

  private void add(int token, int relation, float[] scores) {
    if (token >= 0 && token < tokens.size()) {
      addRelation(ofWords[tokens.wordOf(token)], relation, scores);
    }
  }

  private void addRelation(float[] relations, int relation, float[] scores) {
    int from = relation * tags;
    for (int tag = 0; tag < tags; tag++) {
      scores[tag] += relations[from + tag];
    }
  }

  private float[] surroundings(int word) {
    if (ofSurroundings[word] == null) {
      float[] scores = new float[tags];
      for (long feature : surroundings.ofWord(word)) {
        weights.add(feature, scores, 0);
      }
      ofSurroundings[word] = scores;
    }
    return ofSurroundings[word];
  }
}

package org.irisgraph.extract.ner;

import java.util.Arrays;

/** Computes the scores of the tags at each token of a document. Not safe for several threads. */
final class DocumentScores {

  private final TokenizedText tokens;
  private final boolean[] bounds;
  private final int tags;
  private final Weights weights;
  private final float[][] scoresOfWords;
  private final ContextFeatures context;
  private final DocumentContext documentContext;
  private final float[][] scoresOfDocumentContext;
  private final LongList features = new LongList();

  /**
   * @param bounds for each token whether no name goes on over the gap before it
   */
  DocumentScores(
      TokenizedText tokens,
      boolean[] bounds,
      FeatureResources resources,
      WordScores words,
      Weights weights,
      Tags tags) {
    this.tokens = tokens;
    this.bounds = bounds;
    this.tags = tags.size();
    this.weights = weights;
    this.scoresOfWords = tokens.words().stream().map(words::of).toArray(float[][]::new);
    this.context = resources.contextOf(tokens);
    this.documentContext = DocumentContext.of(tokens);
    this.scoresOfDocumentContext = new float[scoresOfWords.length][];
  }

  /** The kind of gap before a token, for {@link Transitions}. */
  byte gap(int token) {
    return (byte) (bounds[token] ? Transitions.BREAK : tokens.gap(token));
  }

  /** Writes the scores of the tags at a token into an array. */
  void at(int token, float[] scores) {
    Arrays.fill(scores, 0);
    add(token, WordFeatures.HERE, scores);
    add(token - 1, WordFeatures.BEFORE, scores);
    add(token + 1, WordFeatures.AFTER, scores);
    add(token - 2, WordFeatures.SECOND_BEFORE, scores);
    add(token + 2, WordFeatures.SECOND_AFTER, scores);
    addRelation(scoresOfWords[tokens.chunkOf(token)], WordFeatures.AROUND, scores);
    float[] shared = documentContextScores(tokens.wordOf(token));
    for (int tag = 0; tag < tags; tag++) {
      scores[tag] += shared[tag];
    }
    features.clear();
    context.add(token, features);
    weights.addAll(features, 0, scores, 0);
  }

  private void add(int token, int relation, float[] scores) {
    if (token >= 0 && token < tokens.size()) {
      addRelation(scoresOfWords[tokens.wordOf(token)], relation, scores);
    }
  }

  private void addRelation(float[] relations, int relation, float[] scores) {
    int from = relation * tags;
    for (int tag = 0; tag < tags; tag++) {
      scores[tag] += relations[from + tag];
    }
  }

  private float[] documentContextScores(int word) {
    if (scoresOfDocumentContext[word] == null) {
      float[] scores = new float[tags];
      for (long feature : documentContext.ofWord(word)) {
        weights.add(feature, scores, 0);
      }
      scoresOfDocumentContext[word] = scores;
    }
    return scoresOfDocumentContext[word];
  }
}

package org.irisgraph.extract.ner;

import java.util.Arrays;

/**
 * Features of the neighbours of a word throughout the document. All occurrences of the word share
 * them, so that an occurrence with little context benefits from the others.
 */
final class DocumentContext {

  private static final long BEFORE = FeatureHash.of("somewhere before");
  private static final long AFTER = FeatureHash.of("somewhere after");

  /** Number of occurrences of a word that are used. */
  private static final int MAX_OCCURRENCES = 12;

  /** Shorter words are mostly articles and prepositions, unless they are in capitals. */
  private static final int SHORTEST = 4;

  private final long[][] features;

  private DocumentContext(long[][] features) {
    this.features = features;
  }

  static DocumentContext of(TokenizedText tokens) {
    int words = tokens.words().size();
    int[] counts = new int[words];
    long[][] features = new long[words][];
    for (int token = 0; token < tokens.size(); token++) {
      counts[tokens.wordOf(token)]++;
    }
    int[] sizes = new int[words];
    for (int token = 0; token < tokens.size(); token++) {
      int word = tokens.wordOf(token);
      if (counts[word] < 2
          || sizes[word] >= 2 * MAX_OCCURRENCES
          || !isInformative(tokens.words().get(word))) {
        continue;
      }
      if (features[word] == null) {
        features[word] = new long[2 * Math.min(counts[word], MAX_OCCURRENCES)];
      }
      if (token > 0) {
        add(
            features[word],
            sizes,
            word,
            FeatureHash.of(BEFORE, tokens.word(token - 1).lowerHash()));
      }
      if (token + 1 < tokens.size()) {
        add(features[word], sizes, word, FeatureHash.of(AFTER, tokens.word(token + 1).lowerHash()));
      }
    }
    for (int word = 0; word < words; word++) {
      features[word] =
          features[word] == null ? new long[0] : Arrays.copyOf(features[word], sizes[word]);
    }
    return new DocumentContext(features);
  }

  /** Features of all tokens of a word. */
  long[] ofWord(int word) {
    return features[word];
  }

  private static boolean isInformative(Word word) {
    return word.isLetters() && (word.text().length() >= SHORTEST || word.isCapitals());
  }

  private static void add(long[] features, int[] sizes, int word, long feature) {
    for (int at = 0; at < sizes[word]; at++) {
      if (features[at] == feature) {
        return;
      }
    }
    if (sizes[word] < features.length) {
      features[sizes[word]++] = feature;
    }
  }
}

package org.irisgraph.extract.ner;

import java.util.Map;
import opennlp.tools.ml.model.AbstractModel;
import opennlp.tools.ml.model.Context;
import org.irisgraph.base.LongToIntMap;

/**
 * The weights of an OpenNLP model in one array, by feature hash, for lookups without allocation.
 */
final class Weights {

  /** Bits of {@link #known}, which fit in a processor's cache, unlike the table of rows. */
  private static final int BITS = 1 << 21;

  private final LongToIntMap rows;

  /** A bit by some digits of the hash of each feature: most features of a text have none. */
  private final long[] known = new long[BITS / Long.SIZE];

  private final float[] values;
  private final int tags;

  /**
   * @param model a model whose features are named by their hashes in hexadecimal
   * @param tags tags of the model, in the order of the scores
   * @throws IllegalArgumentException if the model has other tags
   */
  Weights(AbstractModel model, Tags tags) {
    Object[] structures = model.getDataStructures();
    Map<?, ?> features = (Map<?, ?>) structures[1];
    int[] tagOfOutcome = tagsOf(model, tags);
    this.tags = tags.size();
    this.rows = new LongToIntMap(features.size());
    this.values = new float[(features.size() + 1) * this.tags];
    int row = 0;
    for (Map.Entry<?, ?> feature : features.entrySet()) {
      row++;
      long hash = Long.parseUnsignedLong((String) feature.getKey(), 16);
      rows.put(hash, row);
      known[wordOfBit(hash)] |= bit(hash);
      Context context = (Context) feature.getValue();
      int[] outcomes = context.getOutcomes();
      for (int at = 0; at < outcomes.length; at++) {
        values[row * this.tags + tagOfOutcome[outcomes[at]]] = (float) context.getParameters()[at];
      }
    }
  }

  private static int[] tagsOf(AbstractModel model, Tags tags) {
    int[] tagOfOutcome = new int[model.getNumOutcomes()];
    for (int outcome = 0; outcome < tagOfOutcome.length; outcome++) {
      tagOfOutcome[outcome] = tags.parse(model.getOutcome(outcome));
    }
    return tagOfOutcome;
  }

  /** Number of features. */
  int size() {
    return rows.size();
  }

  private static int wordOfBit(long feature) {
    return (int) (feature >>> Integer.SIZE) & (BITS / Long.SIZE - 1);
  }

  private static long bit(long feature) {
    return 1L << (feature >>> (Long.SIZE - 6));
  }

  /** Adds the weights of a feature to the scores, one for each tag. */
  void add(long feature, float[] scores, int offset) {
    int row = (known[wordOfBit(feature)] & bit(feature)) == 0 ? 0 : rows.get(feature);
    if (row == 0) {
      return;
    }
    int from = row * tags;
    for (int tag = 0; tag < tags; tag++) {
      scores[offset + tag] += values[from + tag];
    }
  }

  /** Adds the weights of the features from index {@code first}. */
  void addAll(LongList features, int first, float[] scores, int offset) {
    for (int at = first; at < features.size(); at++) {
      add(features.get(at), scores, offset);
    }
  }
}

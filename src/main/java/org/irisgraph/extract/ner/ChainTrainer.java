package org.irisgraph.extract.ner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import opennlp.tools.ml.AbstractEventTrainer;
import opennlp.tools.ml.maxent.GISModel;
import opennlp.tools.ml.model.AbstractModel;
import opennlp.tools.ml.model.Context;
import opennlp.tools.ml.model.DataIndexer;
import opennlp.tools.util.TrainingParameters;
import org.jspecify.annotations.Nullable;

/**
 * Trains a linear-chain conditional random field, as a trainer of OpenNLP. The result is a maximum
 * entropy model of OpenNLP.
 *
 * <p>Uses stochastic gradient descent with an L2 penalty, as Léon Bottou's CRFSGD, and averages the
 * weights after each iteration of the second half. It is single-threaded and shuffles with a seed,
 * so that the same data yield the same weights.
 *
 * <p>OpenNLP's own trainers look at one token at a time: on BC5CDR with the same features their F1
 * is two points lower. MALLET has CRFs, but keeps a string or object for each feature, and its
 * model files are serialized objects of its classes.
 */
final class ChainTrainer extends AbstractEventTrainer {

  /** Training parameters, in addition to OpenNLP's number of iterations. */
  static final String SEED = "Seed";

  static final String PENALTY = "L2Cost";
  static final String RATE = "Rate";

  /**
   * Share of the features of a token, chosen at random each time, from which nothing is learned, so
   * that the model does not rely on a few of them (Sutton et al., <i>Reducing Weight Undertraining
   * in Structured Discriminative Learning</i>, 2006).
   */
  static final String DROPOUT = "Dropout";

  /** Share of the tokens that are learned without rare features, as a word never seen has none. */
  static final String UNSEEN = "Unseen";

  /** Smaller gradients are skipped: most tokens are clearly no names. */
  private static final double NEGLIGIBLE = 1e-3;

  /** Features of fewer tokens of the training documents are rare. */
  private static final int RARE = 100;

  /** Weights are rounded to multiples of this, which halves the size of the model. */
  private static final double GRAIN = 1.0 / 128;

  private final Tags tags;
  private final int count;
  private final double dropout;
  private final double unseen;
  private float[] weights = {};

  /** Common factor of the weights, so that the penalty is applied to all of them at once. */
  private double scale;

  ChainTrainer(Tags tags, TrainingParameters parameters) {
    super(parameters);
    this.tags = tags;
    this.count = tags.size();
    this.dropout = parameters.getDoubleParameter(DROPOUT, 0);
    this.unseen = parameters.getDoubleParameter(UNSEEN, 0);
  }

  @Override
  public boolean isSortAndMerge() {
    return false;
  }

  @Override
  public AbstractModel doTrain(DataIndexer indexer) {
    TrainingData data = (TrainingData) indexer;
    weights = new float[data.features() * count];
    scale = 1;
    float[] sums = new float[weights.length];
    List<TrainingData.Sequence> sequences = new ArrayList<>(data.sequences());
    int seed = trainingParameters.getIntParameter(SEED, 0);
    Random random = new Random(seed);
    SplittableRandom chance = new SplittableRandom(seed);
    int[] counts = data.getPredCounts();
    double penalty = trainingParameters.getDoubleParameter(PENALTY, 1) / sequences.size();
    double firstRate = trainingParameters.getDoubleParameter(RATE, 0.02);
    long step = 0;
    for (int iteration = 0; iteration < getIterations(); iteration++) {
      Collections.shuffle(sequences, random);
      for (TrainingData.Sequence sequence : sequences) {
        double rate = firstRate / (1 + penalty * firstRate * step);
        learn(data, withoutSome(sequence, counts, chance), rate);
        scale *= 1 - rate * penalty;
        step++;
      }
      if (2 * (iteration + 1) > getIterations()) {
        addTo(sums);
      }
    }
    weights = sums;
    scale = 1.0 / (getIterations() - getIterations() / 2);
    return model(data);
  }

  /** Leaves features of tokens out, see {@link #DROPOUT} and {@link #UNSEEN}. */
  private TrainingData.Sequence withoutSome(
      TrainingData.Sequence sequence, int[] counts, SplittableRandom chance) {
    if (dropout == 0 && unseen == 0) {
      return sequence;
    }
    int[][] contexts = sequence.contexts().clone();
    for (int token = 0; token < contexts.length; token++) {
      int fewest = chance.nextDouble() < unseen ? RARE : 0;
      int[] kept = new int[contexts[token].length];
      int size = 0;
      for (int feature : contexts[token]) {
        if (chance.nextDouble() >= dropout && counts[feature] >= fewest) {
          kept[size++] = feature;
        }
      }
      contexts[token] = Arrays.copyOf(kept, size);
    }
    return new TrainingData.Sequence(
        contexts, sequence.tags(), sequence.gaps(), sequence.possible());
  }

  private void learn(TrainingData data, TrainingData.Sequence sequence, double rate) {
    Transitions transitions = transitions(data);
    double[] scores = scores(sequence);
    TagLattice lattice = new TagLattice(tags, transitions, sequence.gaps(), scores);
    lattice.computeProbabilities();
    TagLattice annotated = sequence.isPartial() ? annotated(sequence, transitions, scores) : null;
    int before = Tags.OUTSIDE;
    float[] change = new float[count];
    for (int token = 0; token < sequence.tags().length; token++) {
      int right = sequence.tags()[token];
      boolean relevant = false;
      for (int tag = 0; tag < count; tag++) {
        double wanted =
            annotated == null ? (tag == right ? 1 : 0) : annotated.probability(token, tag);
        double missing = wanted - lattice.probability(token, tag);
        relevant |= Math.abs(missing) > NEGLIGIBLE;
        change[tag] = (float) (rate * missing / scale);
      }
      if (relevant) {
        for (int feature : sequence.contexts()[token]) {
          add(feature, change);
        }
        learnTransition(data, lattice, annotated, sequence, token, before, rate);
      }
      before = right;
    }
  }

  /** Returns the lattice of the tags that the annotation allows. */
  private TagLattice annotated(
      TrainingData.Sequence sequence, Transitions transitions, double... scores) {
    double[] allowed = scores.clone();
    for (int token = 0; token < sequence.tags().length; token++) {
      for (int tag = 0; tag < count; tag++) {
        if (!sequence.allows(token, tag)) {
          allowed[token * count + tag] = Double.NEGATIVE_INFINITY;
        }
      }
    }
    TagLattice lattice = new TagLattice(tags, transitions, sequence.gaps(), allowed);
    lattice.computeProbabilities();
    return lattice;
  }

  private void learnTransition(
      TrainingData data,
      TagLattice lattice,
      @Nullable TagLattice annotated,
      TrainingData.Sequence sequence,
      int token,
      int rightBefore,
      double rate) {
    float[] change = new float[count];
    for (int before = 0; before < count; before++) {
      for (int tag = 0; tag < count; tag++) {
        change[tag] = 0;
        if (tags.mayFollow(before, tag)) {
          boolean right = before == rightBefore && tag == sequence.tags()[token];
          double wanted =
              annotated == null ? (right ? 1 : 0) : annotated.probability(token, before, tag);
          change[tag] = (float) (rate * (wanted - lattice.probability(token, before, tag)) / scale);
        }
      }
      add(data.transition(sequence.gaps()[token], before), change);
    }
  }

  private void add(int feature, float[] change) {
    int row = feature * count;
    for (int tag = 0; tag < count; tag++) {
      weights[row + tag] += change[tag];
    }
  }

  private void addTo(float[] sums) {
    for (int at = 0; at < sums.length; at++) {
      sums[at] += weights[at] * (float) scale;
    }
  }

  private Transitions transitions(TrainingData data) {
    Transitions transitions = new Transitions(tags);
    for (int gap = 0; gap < Transitions.GAPS; gap++) {
      for (int before = 0; before < count; before++) {
        transitions.set(gap, before, weights, data.transition(gap, before) * count, scale);
      }
    }
    return transitions;
  }

  private double[] scores(TrainingData.Sequence sequence) {
    double[] scores = new double[sequence.tags().length * count];
    float[] sums = new float[count];
    for (int token = 0; token < sequence.tags().length; token++) {
      Arrays.fill(sums, 0);
      for (int feature : sequence.contexts()[token]) {
        int row = feature * count;
        for (int tag = 0; tag < count; tag++) {
          sums[tag] += weights[row + tag];
        }
      }
      for (int tag = 0; tag < count; tag++) {
        scores[token * count + tag] = sums[tag] * scale;
      }
    }
    return scores;
  }

  /**
   * Leaves out features whose weights are all rounded to 0. Tokens now have all their features,
   * whose weights are reduced as much as their number has grown; transitions were never left out.
   */
  private AbstractModel model(TrainingData data) {
    String[] labels = data.getPredLabels();
    List<Context> contexts = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    for (int feature = 0; feature < labels.length; feature++) {
      double factor = feature < data.transition(0, 0) ? scale * (1 - dropout) : scale;
      int[] outcomes = new int[count];
      double[] values = new double[count];
      int size = 0;
      for (int tag = 0; tag < count; tag++) {
        double rounded = Math.rint(weights[feature * count + tag] * factor / GRAIN) * GRAIN;
        if (rounded != 0) {
          outcomes[size] = tag;
          values[size] = rounded;
          size++;
        }
      }
      if (size > 0) {
        contexts.add(new Context(Arrays.copyOf(outcomes, size), Arrays.copyOf(values, size)));
        kept.add(labels[feature]);
      }
    }
    return new GISModel(
        contexts.toArray(Context[]::new), kept.toArray(String[]::new), data.getOutcomeLabels());
  }
}

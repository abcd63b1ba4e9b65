package org.irisgraph.extract.ner;

import java.io.IOException;
import java.util.List;
import opennlp.tools.ml.model.AbstractModel;
import opennlp.tools.util.TrainingParameters;
import org.irisgraph.extract.gold.GoldDocument;

/**
 * Trains a model on annotated documents. The same documents in the same order with the same seed
 * always yield the same bytes.
 */
public final class ModelTrainer {

  /** Default number of iterations; more do not improve the model. */
  public static final int ITERATIONS = 15;

  /** Features that occur at fewer tokens are ignored. */
  private static final int CUTOFF = 3;

  private static final double PENALTY = 2;

  /** Corpora of proper names are smaller, and annotated less consistently. */
  private static final double PENALTY_OF_PROPER_NAMES = 8;

  private static final int CUTOFF_OF_PROPER_NAMES = 4;
  private static final double RATE = 0.02;

  /** Most names that a model of terms misses are new to it; proper names have not been tried. */
  private static final double DROPOUT = 0.3;

  private static final double UNSEEN = 0.1;

  private final int iterations;
  private final int seed;

  /**
   * @param iterations number of passes over all tokens, 1 or more
   * @param seed seed for the order of the sentences
   */
  public ModelTrainer(int iterations, int seed) {
    this.iterations = iterations;
    this.seed = seed;
  }

  /**
   * Returns the bytes of the model file.
   *
   * @param corpora documents, by corpus; a type of which one marks no name is unknown there, rather
   *     than absent
   * @param terms terms of a dictionary, which the model uses as features; those of several types
   *     are each followed by a tab and the type
   * @param classes a word in lower case and its classes, separated by tabs; see {@link WordClasses}
   */
  public byte[] train(
      List<List<GoldDocument>> corpora,
      List<String> terms,
      List<String> classes,
      ModelTraits traits)
      throws IOException {
    Vocabulary vocabulary =
        Vocabulary.of(corpora.stream().flatMap(List::stream).toList(), terms, classes, traits);
    int cutoff = traits.properNames() ? CUTOFF_OF_PROPER_NAMES : CUTOFF;
    TrainingData data =
        new TrainingData(corpora, vocabulary.resources(), vocabulary.tags(), cutoff);
    TrainingParameters parameters = new TrainingParameters();
    parameters.put(TrainingParameters.ITERATIONS_PARAM, iterations);
    parameters.put(TrainingParameters.CUTOFF_PARAM, cutoff);
    parameters.put(ChainTrainer.SEED, seed);
    parameters.put(ChainTrainer.PENALTY, traits.properNames() ? PENALTY_OF_PROPER_NAMES : PENALTY);
    parameters.put(ChainTrainer.RATE, RATE);
    parameters.put(ChainTrainer.DROPOUT, traits.properNames() ? 0 : DROPOUT);
    parameters.put(ChainTrainer.UNSEEN, traits.properNames() ? 0 : UNSEEN);
    ChainTrainer trainer = new ChainTrainer(vocabulary.tags(), parameters);
    return new ModelFile((AbstractModel) trainer.train(data), vocabulary).toBytes();
  }
}

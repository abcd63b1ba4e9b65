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
  private static final double RATE = 0.02;

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
   * @param terms terms of a dictionary, which the model uses as features
   */
  public byte[] train(List<List<GoldDocument>> corpora, List<String> terms, List<String> classes)
      throws IOException {
    Vocabulary vocabulary =
        Vocabulary.of(corpora.stream().flatMap(List::stream).toList(), terms, classes);
    TrainingData data =
        new TrainingData(corpora, vocabulary.resources(), vocabulary.tags(), CUTOFF);
    TrainingParameters parameters = new TrainingParameters();
    parameters.put(TrainingParameters.ITERATIONS_PARAM, iterations);
    parameters.put(TrainingParameters.CUTOFF_PARAM, CUTOFF);
    parameters.put(ChainTrainer.SEED, seed);
    parameters.put(ChainTrainer.PENALTY, PENALTY);
    parameters.put(ChainTrainer.RATE, RATE);
    ChainTrainer trainer = new ChainTrainer(vocabulary.tags(), parameters);
    return new ModelFile((AbstractModel) trainer.train(data), vocabulary).toBytes();
  }
}

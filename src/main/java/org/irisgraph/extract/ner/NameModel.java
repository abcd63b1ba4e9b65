package org.irisgraph.extract.ner;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.irisgraph.graph.ContentHash;

/** A trained model, which scores the tokens of documents. Safe for several threads. */
public final class NameModel {

  private static final String BUNDLED = "bc5cdr.zip";

  private final String hash;
  private final Tags tags;
  private final FeatureResources resources;
  private final Weights weights;
  private final WordScores words;
  private final Transitions transitions;

  private NameModel(ModelFile file, String hash) {
    this.hash = hash;
    this.tags = file.vocabulary().tags();
    this.resources = file.vocabulary().resources();
    this.weights = new Weights(file.weights(), tags);
    this.words = new WordScores(resources.wordFeatures(), weights, tags);
    this.transitions = Transitions.of(tags, weights);
  }

  /** Loads the bundled model on first use. */
  private static final class Bundled {
    private static final NameModel MODEL = load();

    private static NameModel load() {
      try (InputStream content =
          Objects.requireNonNull(NameModel.class.getResourceAsStream(BUNDLED))) {
        return read(BUNDLED, content.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the model " + BUNDLED, e);
      }
    }
  }

  /** Returns the model that comes with the program. */
  public static NameModel bundled() {
    return Bundled.MODEL;
  }

  /**
   * Reads a file that the command {@code train} has written.
   *
   * @param name name of the file for messages
   * @throws IllegalArgumentException if it is no model
   */
  public static NameModel read(String name, byte[] file) {
    try {
      return new NameModel(ModelFile.read(new ByteArrayInputStream(file)), ContentHash.of(file));
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          name + " is not a model that the command train has written", e);
    }
  }

  /** SHA-256 of the file, in lower-case hexadecimal. */
  public String hash() {
    return hash;
  }

  Tags tags() {
    return tags;
  }

  DocumentScores scores(TokenizedText tokens) {
    return new DocumentScores(tokens, resources, words, weights, tags);
  }

  /** Creates the lattice for the tokens from first to end. */
  TagLattice lattice(TokenizedText tokens, DocumentScores scores, int first, int end) {
    int count = tags.size();
    byte[] gaps = new byte[end - first];
    double[] ofTokens = new double[gaps.length * count];
    float[] here = new float[count];
    for (int token = first; token < end; token++) {
      gaps[token - first] = (byte) tokens.gap(token);
      scores.at(token, here);
      for (int tag = 0; tag < count; tag++) {
        ofTokens[(token - first) * count + tag] = here[tag];
      }
    }
    return new TagLattice(tags, transitions, gaps, ofTokens);
  }
}

package org.irisgraph.extract.ner;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.irisgraph.graph.ContentHash;

/** A trained model, ready to weigh the tokens of documents. One serves all threads of a JVM. */
public final class NameModel {

  private static final String SHIPPED = "bc5cdr.zip";

  private final String hash;
  private final Tags tags;
  private final FeatureResources knowledge;
  private final Weights weights;
  private final WordScores words;
  private final Transitions transitions;

  private NameModel(ModelFile file, String hash) {
    this.hash = hash;
    this.tags = file.vocabulary().tags();
    this.knowledge = file.vocabulary().knowledge();
    this.weights = new Weights(file.weights(), tags);
    this.words = new WordScores(knowledge.wordFeatures(), weights, tags);
    this.transitions = Transitions.of(tags, weights);
  }

  /** Loaded when it is first asked for. */
  private static final class Shipped {
    private static final NameModel MODEL = load();

    private static NameModel load() {
      try (InputStream content = NameModel.class.getResourceAsStream(SHIPPED)) {
        return read(SHIPPED, content.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the model " + SHIPPED, e);
      }
    }
  }

  /** The model that comes with the program. */
  public static NameModel shipped() {
    return Shipped.MODEL;
  }

  /**
   * The model of a file that the command {@code train} wrote.
   *
   * @param name what messages call the file
   * @throws IllegalArgumentException if it is something else
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
    return new DocumentScores(tokens, knowledge, words, weights, tags);
  }

  /** What the tokens from first to end may be. */
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

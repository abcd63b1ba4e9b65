package org.irisgraph.extract.ner;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.irisgraph.graph.ContentHash;

/** A trained model, which scores the tokens of documents. Safe for several threads. */
public final class NameModel {

  private static final Map<Bundled, NameModel> BUNDLED = new ConcurrentHashMap<>();
  private static final Map<Bundled, Decoded> DECODED = new ConcurrentHashMap<>();

  private final String hash;
  private final ModelTraits traits;
  private final Supplier<Decoded> decoded;

  private NameModel(String hash, ModelTraits traits, Supplier<Decoded> decoded) {
    this.hash = hash;
    this.traits = traits;
    this.decoded = decoded;
  }

  /** The parts of a model file, prepared for scoring. */
  private record Decoded(
      Tags tags,
      FeatureResources resources,
      Weights weights,
      WordScores words,
      Transitions transitions) {

    static Decoded of(String name, byte[] file) {
      try {
        ModelFile model = ModelFile.read(new ByteArrayInputStream(file));
        Tags tags = model.vocabulary().tags();
        FeatureResources resources = model.vocabulary().resources();
        Weights weights = new Weights(model.weights(), tags);
        return new Decoded(
            tags,
            resources,
            weights,
            new WordScores(resources.wordFeatures(), weights, tags),
            Transitions.of(tags, weights));
      } catch (IOException | RuntimeException e) {
        throw new IllegalArgumentException(
            name + " is not a model that the command train has written", e);
      }
    }
  }

  /** The models that come with the program. */
  public enum Bundled {
    /** Drugs and diseases. */
    BIOMEDICAL("bc5cdr.zip"),
    /** People, organizations, places and dates. */
    GENERAL("general.zip");

    private final String file;

    Bundled(String file) {
      this.file = file;
    }

    private byte[] content() {
      try (InputStream content =
          Objects.requireNonNull(NameModel.class.getResourceAsStream(file))) {
        return content.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the model " + file, e);
      }
    }

    private NameModel model() {
      byte[] content = content();
      return new NameModel(
          ContentHash.of(content),
          NameModel.traits(file, content),
          () -> DECODED.computeIfAbsent(this, unknown -> Decoded.of(file, content())));
    }
  }

  /**
   * Returns a model that comes with the program. It is decoded when it is first applied: a run in
   * which all documents are unchanged needs its hash and traits alone.
   */
  public static NameModel bundled(Bundled model) {
    return BUNDLED.computeIfAbsent(model, Bundled::model);
  }

  /**
   * Reads a file that the command {@code train} has written.
   *
   * @param name name of the file for messages
   * @throws IllegalArgumentException if it is no model
   */
  public static NameModel read(String name, byte[] file) {
    Decoded decoded = Decoded.of(name, file);
    return new NameModel(ContentHash.of(file), traits(name, file), () -> decoded);
  }

  private static ModelTraits traits(String name, byte[] file) {
    try {
      return ModelFile.traits(new ByteArrayInputStream(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the model " + name, e);
    }
  }

  /** SHA-256 of the file, in lower-case hexadecimal. */
  public String hash() {
    return hash;
  }

  /** The types of the names that it reports. */
  public Set<String> types() {
    Set<String> types = new TreeSet<>(tags().types());
    types.removeAll(traits.unreported());
    return types;
  }

  /**
   * Whether a training document has a name of a type.
   *
   * @param type one of the model's
   */
  boolean isTrained(String type, String name) {
    return decoded.get().resources().isTrained(tags().types().indexOf(type), name);
  }

  ModelTraits traits() {
    return traits;
  }

  Tags tags() {
    return decoded.get().tags();
  }

  DocumentScores scores(TokenizedText tokens) {
    Decoded model = decoded.get();
    boolean[] bounds =
        traits.properNames() ? NameBounds.ofProperNames(tokens) : NameBounds.ofTerms(tokens);
    return new DocumentScores(
        tokens, bounds, model.resources(), model.words(), model.weights(), model.tags());
  }

  /** Creates the lattice for the tokens from first to end. */
  TagLattice lattice(DocumentScores scores, int first, int end) {
    Tags tags = tags();
    int count = tags.size();
    byte[] gaps = new byte[end - first];
    double[] ofTokens = new double[gaps.length * count];
    float[] here = new float[count];
    for (int token = first; token < end; token++) {
      gaps[token - first] = scores.gap(token);
      scores.at(token, here);
      for (int tag = 0; tag < count; tag++) {
        ofTokens[(token - first) * count + tag] = here[tag];
      }
    }
    return new TagLattice(tags, decoded.get().transitions(), gaps, ofTokens);
  }
}

package org.irisgraph.extract.onnx;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.irisgraph.base.ErrorText;
import org.irisgraph.extract.onnx.Windows.Window;
import org.irisgraph.onnx.TokenNetwork;
import org.irisgraph.onnx.Tokenizer;
import org.irisgraph.onnx.Tokenizer.Tokens;

/**
 * A network that labels tokens, with its tokenizer. Safe for several threads; what it has outside
 * of the heap is freed when it is no longer referenced.
 */
final class TokenClassifier {

  private static final Cleaner CLEANER = Cleaner.create();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How the names of their classes end. */
  private static final String ARCHITECTURE = "ForTokenClassification";

  /** As many tokens as the models of the BERT family were trained with. */
  private static final int LONGEST = 512;

  /** Positions that the models of the RoBERTa family do not use. */
  private static final int RESERVED_POSITIONS = 2;

  private final TokenNetwork network;
  private final Tokenizer tokenizer;
  private final Labels labels;
  private final int longest;

  private TokenClassifier(TokenNetwork network, Tokenizer tokenizer, Labels labels, int longest) {
    this.network = network;
    this.tokenizer = tokenizer;
    this.labels = labels;
    this.longest = longest;
    CLEANER.register(
        this,
        () -> {
          network.close();
          tokenizer.close();
        });
  }

  /**
   * Puts a model together.
   *
   * @param settings name the files in messages
   * @throws IllegalArgumentException if it labels no tokens, or its files do not fit each other
   * @throws IOException if the tokenizer's library cannot be unpacked
   * @throws IllegalStateException if a native library cannot be loaded on this machine
   */
  static TokenClassifier of(OnnxSettings settings, byte[] network, byte[] tokenizer, byte[] config)
      throws IOException {
    JsonNode description = named(settings.config(), () -> JSON.readTree(config));
    Labels labels = named(settings.config(), () -> labels(description, settings));
    int positions = named(settings.config(), () -> positions(description));
    Tokenizer cut = named(settings.tokenizer(), () -> Tokenizer.read(tokenizer));
    try {
      TokenNetwork loaded = named(settings.network(), () -> load(network, labels.size()));
      int longest =
          Math.min(LONGEST, positions - RESERVED_POSITIONS)
              - cut.before().length
              - cut.after().length;
      if (longest < 1) {
        loaded.close();
        throw new IllegalArgumentException(
            "%s: max_position_embeddings is %d, which leaves no place for a text"
                .formatted(settings.config(), positions));
      }
      TokenClassifier classifier = new TokenClassifier(loaded, cut, labels, longest);
      named(settings.tokenizer(), () -> classifier.readsUpTo(highest(tokenizer)));
      return classifier;
    } catch (IllegalArgumentException | IllegalStateException e) {
      cut.close();
      throw e;
    }
  }

  /** The highest number that a tokenizer gives a token of a text; 0 if its file has none. */
  private static long highest(byte[] tokenizer) throws IOException {
    JsonNode vocabulary = JSON.readTree(tokenizer).at("/model/vocab");
    long highest = vocabulary.isArray() ? Math.max(0, vocabulary.size() - 1) : 0;
    if (vocabulary.isObject()) {
      for (JsonNode number : vocabulary) {
        highest = Math.max(highest, number.asLong());
      }
    }
    return highest;
  }

  /** Tries the token with the highest number. */
  private TokenClassifier readsUpTo(long highest) {
    try {
      scores(new long[] {highest});
      return this;
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException(
          "it numbers tokens up to %d, which the network cannot read, so they are not of one model: %s"
              .formatted(highest, e.getMessage()),
          e);
    }
  }

  private static Labels labels(JsonNode description, OnnxSettings settings) {
    for (JsonNode architecture : description.path("architectures")) {
      if (!architecture.asText().endsWith(ARCHITECTURE)) {
        throw new IllegalArgumentException(
            "the model is %s, not one …%s".formatted(architecture.asText(), ARCHITECTURE));
      }
    }
    return Labels.of(description.path("id2label"), settings.types());
  }

  /** The number of positions that a model has; the highest number if it does not say. */
  private static int positions(JsonNode description) {
    JsonNode positions = description.path("max_position_embeddings");
    if (positions.isMissingNode() || positions.isNull()) {
      return Integer.MAX_VALUE;
    }
    if (!positions.canConvertToInt()) {
      throw new IllegalArgumentException(
          "max_position_embeddings is %s, not a number of positions".formatted(positions));
    }
    return positions.intValue();
  }

  private static TokenNetwork load(byte[] content, int labels) throws OrtException {
    TokenNetwork network = TokenNetwork.load(content);
    String problem = network.problem();
    long[] shape = network.outputShape();
    if (problem == null && shape.length != 3) {
      problem =
          "it does not label tokens: its output has %d dimensions, not 3".formatted(shape.length);
    } else if (problem == null && shape[2] != labels && shape[2] >= 0) {
      problem =
          "it gives each token %d numbers, but id2label has %d labels".formatted(shape[2], labels);
    }
    if (problem != null) {
      network.close();
      throw new IllegalArgumentException(problem);
    }
    return network;
  }

  /** Part of the loading. */
  private interface Part<T> {
    T load() throws Exception;
  }

  /** Loads a part; failures name its file. */
  private static <T> T named(String file, Part<T> part) throws IOException {
    try {
      return part.load();
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "%s needs a native library that cannot be loaded on this machine: %s"
              .formatted(file, e.getMessage()),
          e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + " is no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalArgumentException(file + ": " + ErrorText.of(e), e);
    }
  }

  Labels labels() {
    return labels;
  }

  /** Most tokens that the network reads at once, without those around the text. */
  int longest() {
    return longest;
  }

  /** The tokens of a text. */
  Tokens tokens(String text) {
    return tokenizer.tokens(text);
  }

  /**
   * The numbers of each label, of the first token, then of the second and so on.
   *
   * @throws IllegalStateException if the network fails
   */
  float[] scores(long[] tokens) {
    float[] scores = new float[tokens.length * labels.size()];
    long[] before = tokenizer.before();
    for (Window window : Windows.of(tokens.length, longest)) {
      long[] read =
          Stream.of(
                  before,
                  Arrays.copyOfRange(tokens, window.start(), window.end()),
                  tokenizer.after())
              .flatMapToLong(LongStream::of)
              .toArray();
      FloatBuffer found = network.run(read);
      if (found.remaining() != read.length * labels.size()) {
        throw new IllegalStateException(
            "the network gave %d numbers for %d tokens and %d labels"
                .formatted(found.remaining(), read.length, labels.size()));
      }
      found.position((before.length + window.first() - window.start()) * labels.size());
      found.get(
          scores, window.first() * labels.size(), (window.last() - window.first()) * labels.size());
    }
    return scores;
  }
}

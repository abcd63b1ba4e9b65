package org.irisgraph.embed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import org.irisgraph.base.Shared;
import org.irisgraph.graph.Embedding;

/**
 * The model all-MiniLM-L6-v2 in ONNX Runtime. A vector is the mean of those of the text's first 256
 * word pieces, scaled to length 1, as sentence-transformers computes it.
 *
 * <p>Each call computes one text on the caller's thread. In a batch, the quantised model scales all
 * texts by their common extremes, so that a vector would depend on its neighbours (measured:
 * docs/vectors.md); and more threads than the runner's would only compete with them.
 */
public final class SentenceModel {

  private static final int MAX_PIECES = 256;

  /** One session for all threads of this JVM. */
  private static final Shared<MiniLm, SentenceModel> LOADED = new Shared<>(SentenceModel::close);

  private final WordPieces pieces;
  private final OrtEnvironment environment;
  private final OrtSession session;

  private SentenceModel(WordPieces pieces, OrtEnvironment environment, OrtSession session) {
    this.pieces = pieces;
    this.environment = environment;
    this.session = session;
  }

  /**
   * Loads a model, unless this JVM has it already; each call is matched by one of {@link #release}.
   *
   * @throws IllegalStateException if its files, or the native library, are not on the class path
   */
  public static SentenceModel acquire(MiniLm model) {
    return LOADED.acquire(model, SentenceModel::load);
  }

  /** Gives a model back. */
  public static void release(MiniLm model) {
    LOADED.release(model);
  }

  private static SentenceModel load(MiniLm model) {
    try (InputStream network = model.open(".onnx");
        InputStream tokenizer = model.open("-tokenizer.json")) {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        return new SentenceModel(
            WordPieces.read(tokenizer),
            environment,
            environment.createSession(network.readAllBytes(), options));
      }
    } catch (IOException | OrtException | LinkageError e) {
      throw new IllegalStateException(
          "the embedding model %s cannot be loaded on this machine: %s"
              .formatted(model.file(), e.getMessage()),
          e);
    }
  }

  private void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The vector of a text; texts with the same first 256 word pieces have the same.
   *
   * @throws IllegalStateException if the computation fails
   */
  public Embedding embed(String text) {
    long[] ids = pieces.ids(text, MAX_PIECES);
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    try (OnnxTensor input = tensor(ids);
        OnnxTensor mask = tensor(ones);
        OnnxTensor types = tensor(new long[ids.length]);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
      return new Embedding(mean(((OnnxTensor) result.get(0)).getFloatBuffer(), ids.length));
    } catch (OrtException e) {
      throw new IllegalStateException("the embedding model failed: " + e.getMessage(), e);
    }
  }

  private OnnxTensor tensor(long[] values) throws OrtException {
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(values), new long[] {1, values.length});
  }

  /** The mean of the pieces' vectors, scaled to length 1. */
  private static float[] mean(FloatBuffer vectors, int pieces) {
    double[] sums = new double[vectors.remaining() / pieces];
    for (int piece = 0; piece < pieces; piece++) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += vectors.get(piece * sums.length + i);
      }
    }
    double length = Math.sqrt(Arrays.stream(sums).map(sum -> sum * sum).sum());
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] / length);
    }
    return mean;
  }
}

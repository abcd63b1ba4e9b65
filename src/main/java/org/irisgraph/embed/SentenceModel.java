package org.irisgraph.embed;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.irisgraph.base.Shared;
import org.irisgraph.graph.Embedding;
import org.irisgraph.onnx.TokenNetwork;

/**
 * The model all-MiniLM-L6-v2 in ONNX Runtime. A vector is the mean of those of the text's first 256
 * word pieces, scaled to length 1, as sentence-transformers computes it.
 */
public final class SentenceModel {

  private static final int MAX_PIECES = 256;

  /** One session for all threads of this JVM. */
  private static final Shared<MiniLm, SentenceModel> LOADED =
      new Shared<>(model -> model.network.close());

  private final WordPieces pieces;
  private final TokenNetwork network;

  private SentenceModel(WordPieces pieces, TokenNetwork network) {
    this.pieces = pieces;
    this.network = network;
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
      return new SentenceModel(
          WordPieces.read(tokenizer), TokenNetwork.load(network.readAllBytes()));
    } catch (IOException | OrtException | LinkageError e) {
      throw new IllegalStateException(
          "the embedding model %s cannot be loaded on this machine: %s"
              .formatted(model.file(), e.getMessage()),
          e);
    }
  }

  /**
   * The vector of a text; texts with the same first 256 word pieces have the same.
   *
   * @throws IllegalStateException if the computation fails
   */
  public Embedding embed(String text) {
    long[] ids = pieces.ids(text, MAX_PIECES);
    return new Embedding(mean(network.run(ids), ids.length));
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

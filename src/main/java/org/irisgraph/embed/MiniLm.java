package org.irisgraph.embed;

import static java.util.stream.Collectors.toConcurrentMap;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.irisgraph.endpoint.CompletionCache;

/** The forms of all-MiniLM-L6-v2, the embedding model that iris-vector-rag uses by default. */
public enum MiniLm implements EmbeddingSource {
  /** With 8-bit weights. */
  QUANTISED("all-minilm-l6-v2-q", "minilm"),
  /** As published, with 32-bit weights. */
  FULL("all-minilm-l6-v2", "minilm-full");

  /** The numbers in a vector. */
  public static final int DIMENSION = 384;

  /** Changes with each change that gives other vectors. */
  private static final int VERSION = 1;

  private final String file;
  private final String profile;

  MiniLm(String file, String profile) {
    this.file = file;
    this.profile = profile;
  }

  /** The name of its files in langchain4j's jars, without extension. */
  public String file() {
    return file;
  }

  /** The profile of the build that ships it. */
  public String profile() {
    return profile;
  }

  /** Whether this program has it. */
  public boolean isShipped() {
    return MiniLm.class.getResource("/" + file + ".onnx") != null;
  }

  @Override
  public String identity() {
    return file + " " + VERSION;
  }

  @Override
  public String label() {
    return file;
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public MiniLm ofDimension(int dimension) {
    return this;
  }

  /** {@inheritDoc} Its vectors cost nothing, so that none is kept. */
  @Override
  public EmbeddingModel open(CompletionCache cache, boolean parallel) {
    SentenceModel model = SentenceModel.acquire(this);
    return new EmbeddingModel() {
      @Override
      public Map<String, TextVector> embed(Collection<String> texts, BooleanSupplier stopped) {
        return (parallel ? texts.parallelStream() : texts.stream())
            .distinct()
            .filter(text -> !stopped.getAsBoolean())
            .collect(toConcurrentMap(text -> text, text -> TextVector.of(model.embed(text))));
      }

      @Override
      public void close() {
        SentenceModel.release(MiniLm.this);
      }
    };
  }

  /** Opens one of its files. */
  InputStream open(String ending) throws IOException {
    InputStream content = MiniLm.class.getResourceAsStream("/" + file + ending);
    if (content == null) {
      throw new IOException(file + ending + " is not on the class path");
    }
    return content;
  }
}

package org.irisgraph.embed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The network alone in ONNX Runtime, on texts that are tensors already, with the session's settings
 * of {@link SentenceModel}: the limit of what embedding can reach.
 */
public final class BareSession implements AutoCloseable {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final List<Map<String, OnnxTensor>> inputs = new ArrayList<>();

  public BareSession(MiniLm model, List<String> texts) throws IOException, OrtException {
    try (InputStream network = model.open(".onnx");
        InputStream tokenizer = model.open("-tokenizer.json");
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(network.readAllBytes(), options);
      WordPieces pieces = WordPieces.read(tokenizer);
      for (String text : texts) {
        long[] ids = pieces.ids(text, 256);
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        inputs.add(
            Map.of(
                "input_ids", tensor(ids),
                "attention_mask", tensor(ones),
                "token_type_ids", tensor(new long[ids.length])));
      }
    }
  }

  private OnnxTensor tensor(long[] values) throws OrtException {
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(values), new long[] {1, values.length});
  }

  /** Runs the network on one of the texts, and drops what it gives. */
  public void run(int text) {
    try {
      session.run(inputs.get(text)).close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws OrtException {
    inputs.forEach(input -> input.values().forEach(OnnxTensor::close));
    session.close();
  }
}

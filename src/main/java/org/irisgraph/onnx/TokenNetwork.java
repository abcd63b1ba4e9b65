package org.irisgraph.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A network in ONNX Runtime that reads the ids of tokens and gives numbers for each of them.
 *
 * <p>Each call computes one text on the caller's thread. In a batch, a network with 8-bit weights
 * scales all texts by their common extremes, so that a result would depend on its neighbours
 * (measured: docs/vectors.md), and for 256 tokens and more a batch is not faster. More threads than
 * the runner's would only compete with them.
 */
public final class TokenNetwork implements AutoCloseable {

  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String TYPES = "token_type_ids";

  /** What ONNX Runtime gives as floats; of others it gives none. */
  private static final Set<OnnxJavaType> FLOATS =
      EnumSet.of(OnnxJavaType.FLOAT, OnnxJavaType.FLOAT16, OnnxJavaType.BFLOAT16);

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Map<String, NodeInfo> inputs;

  private TokenNetwork(OrtEnvironment environment, OrtSession session) throws OrtException {
    this.environment = environment;
    this.session = session;
    this.inputs = session.getInputInfo();
  }

  /**
   * Loads a network.
   *
   * @throws OrtException if it is none
   * @throws LinkageError if this machine has no library of ONNX Runtime
   */
  public static TokenNetwork load(byte[] content) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // Its errors are exceptions, too.
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      return new TokenNetwork(environment, environment.createSession(content, options));
    }
  }

  /** Why it cannot compute numbers of tokens; null if it can. */
  public @Nullable String problem() throws OrtException {
    NodeInfo output = output();
    if (output.getInfo() instanceof TensorInfo tensor && !FLOATS.contains(tensor.type)) {
      return "its output %s has the type %s, not one of %s"
          .formatted(output.getName(), tensor.type, FLOATS);
    }
    for (Map.Entry<String, NodeInfo> input : inputs.entrySet()) {
      if (!Set.of(IDS, MASK, TYPES).contains(input.getKey())
          || !(input.getValue().getInfo() instanceof TensorInfo)) {
        return "it needs the input %s, but tokens have %s, %s and %s only"
            .formatted(input.getKey(), IDS, MASK, TYPES);
      }
    }
    return inputs.containsKey(IDS) ? null : "it has no input " + IDS;
  }

  /**
   * The dimensions of its output; -1 for those that depend on the tokens, none if it has others.
   */
  public long[] outputShape() throws OrtException {
    return output().getInfo() instanceof TensorInfo tensor ? tensor.getShape() : new long[0];
  }

  private NodeInfo output() throws OrtException {
    return session.getOutputInfo().values().iterator().next();
  }

  /**
   * Computes the numbers of each token, token by token.
   *
   * @throws IllegalStateException if the computation fails
   */
  public FloatBuffer run(long[] ids) {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (Map.Entry<String, NodeInfo> input : inputs.entrySet()) {
        tensors.put(
            input.getKey(), tensor(input.getValue().getInfo(), values(input.getKey(), ids)));
      }
      try (OrtSession.Result result = session.run(tensors)) {
        return ((OnnxTensor) result.get(0)).getFloatBuffer();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("the network failed: " + e.getMessage(), e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private static long[] values(String input, long[] ids) {
    if (input.equals(IDS)) {
      return ids;
    }
    long[] values = new long[ids.length];
    Arrays.fill(values, input.equals(MASK) ? 1 : 0);
    return values;
  }

  private OnnxTensor tensor(ValueInfo input, long[] values) throws OrtException {
    long[] shape = {1, values.length};
    return input instanceof TensorInfo tensor && tensor.type == OnnxJavaType.INT32
        ? OnnxTensor.createTensor(
            environment,
            IntBuffer.wrap(LongStream.of(values).mapToInt(Math::toIntExact).toArray()),
            shape)
        : OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}

package org.irisgraph.extract.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.beam.vendor.grpc.v1p69p0.com.google.protobuf.CodedOutputStream;

/**
 * Writes networks that label tokens in the format of ONNX (numbers of fields: onnx.proto3 of
 * onnx/onnx). The score of a label is a number of the token's, and possibly numbers of the token
 * before.
 */
final class OnnxFile {

  private static final int FLOAT = 1;
  private static final int INT8 = 3;
  private static final int INT32 = 6;
  static final int INT64 = 7;
  static final int FLOAT16 = 10;
  static final int DOUBLE = 11;

  private OnnxFile() {}

  /** A message of protocol buffers. */
  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * A network.
   *
   * @param scores of each label, for each token of the vocabulary
   * @param before what the scores of the token before add to a token's: from each label to each
   * @param inputs its inputs' names
   */
  static byte[] labelling(float[][] scores, float[][] before, List<String> inputs) {
    int labels = before.length;
    byte[] weights = bytes(labels * labels * 2, 4);
    ByteBuffer kernel = ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN);
    for (int to = 0; to < labels; to++) {
      for (int from = 0; from < labels; from++) {
        kernel.putFloat(before[from][to]).putFloat(from == to ? 1 : 0);
      }
    }
    return model(
        inputs,
        INT64,
        labels,
        List.of(
            tensor("scores", FLOAT, floats(scores), scores.length, labels),
            tensor("kernel", FLOAT, weights, labels, labels, 2)),
        List.of(
            node("Gather", "own", "scores", "input_ids"),
            node("Transpose", "lines", ints("perm", 0, 2, 1), "own"),
            node("Conv", "sums", ints("pads", 1, 0), "lines", "kernel"),
            node("Transpose", "logits", ints("perm", 0, 2, 1), "sums")));
  }

  /** A network with 8-bit weights, whose ids have 32 bits. */
  static byte[] quantised(byte[][] scores) {
    int labels = scores[0].length;
    ByteBuffer table = ByteBuffer.allocate(scores.length * labels);
    for (byte[] token : scores) {
      table.put(token);
    }
    byte[] scale = bytes(1, 4);
    ByteBuffer.wrap(scale).order(ByteOrder.LITTLE_ENDIAN).putFloat(0.1f);
    return model(
        List.of("input_ids"),
        INT32,
        labels,
        List.of(
            tensor("scores", INT8, table.array(), scores.length, labels),
            tensor("scale", FLOAT, scale)),
        List.of(
            node("Gather", "own", "scores", "input_ids"),
            node("DequantizeLinear", "logits", "own", "scale")));
  }

  /** A network whose output has another type. */
  static byte[] ofType(int type, float[][] scores) {
    int labels = scores[0].length;
    return model(
        List.of("input_ids"),
        INT64,
        value("logits", type, 3, labels),
        List.of(tensor("scores", FLOAT, floats(scores), scores.length, labels)),
        List.of(
            node("Gather", "own", "scores", "input_ids"),
            node("Cast", "logits", integer("to", type), "own")));
  }

  /** A network that classifies a text: one vector for all tokens. */
  static byte[] classifyingTexts(float[][] scores) {
    return model(
        List.of("input_ids"),
        INT64,
        0,
        List.of(tensor("scores", FLOAT, floats(scores), scores.length, scores[0].length)),
        List.of(
            node("Gather", "own", "scores", "input_ids"),
            node("ReduceMax", "logits", joined(ints("axes", 1), integer("keepdims", 0)), "own")));
  }

  private static byte[] model(
      List<String> inputs, int idType, int labels, List<byte[]> tensors, List<byte[]> nodes) {
    return model(
        inputs, idType, value("logits", FLOAT, labels == 0 ? 2 : 3, labels), tensors, nodes);
  }

  private static byte[] model(
      List<String> inputs, int idType, byte[] output, List<byte[]> tensors, List<byte[]> nodes) {
    byte[] graph =
        message(
            out -> {
              for (byte[] node : nodes) {
                out.writeByteArray(1, node);
              }
              out.writeString(2, "labels");
              for (byte[] tensor : tensors) {
                out.writeByteArray(5, tensor);
              }
              for (String input : inputs) {
                out.writeByteArray(11, value(input, idType, 2, 0));
              }
              out.writeByteArray(12, output);
            });
    return message(
        out -> {
          out.writeInt64(1, 8);
          out.writeByteArray(7, graph);
          out.writeByteArray(8, message(opset -> opset.writeInt64(2, 13)));
        });
  }

  private static byte[] node(String operator, String output, String... inputs) {
    return node(operator, output, new byte[0], inputs);
  }

  private static byte[] node(String operator, String output, byte[] attributes, String... inputs) {
    byte[] node =
        message(
            out -> {
              for (String input : inputs) {
                out.writeString(1, input);
              }
              out.writeString(2, output);
              out.writeString(4, operator);
            });
    return joined(node, attributes);
  }

  /** Fields may come in any order, so messages can be joined. */
  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(first);
    joined.writeBytes(second);
    return joined.toByteArray();
  }

  private static byte[] ints(String name, long... values) {
    return message(
        node ->
            node.writeByteArray(
                5,
                message(
                    out -> {
                      out.writeString(1, name);
                      for (long value : values) {
                        out.writeInt64(8, value);
                      }
                      out.writeInt32(20, 7);
                    })));
  }

  private static byte[] integer(String name, long value) {
    return message(
        node ->
            node.writeByteArray(
                5,
                message(
                    out -> {
                      out.writeString(1, name);
                      out.writeInt64(3, value);
                      out.writeInt32(20, 2);
                    })));
  }

  private static byte[] tensor(String name, int type, byte[] content, long... dimensions) {
    return message(
        out -> {
          for (long dimension : dimensions) {
            out.writeInt64(1, dimension);
          }
          out.writeInt32(2, type);
          out.writeString(8, name);
          out.writeByteArray(9, content);
        });
  }

  /** A value of so many dimensions of open size, of which the third may have a size. */
  private static byte[] value(String name, int type, int dimensions, int third) {
    byte[] shape =
        message(
            out -> {
              for (int i = 0; i < dimensions; i++) {
                int size = i == 2 ? third : 0;
                String open = "d" + i;
                out.writeByteArray(
                    1,
                    message(
                        dimension -> {
                          if (size > 0) {
                            dimension.writeInt64(1, size);
                          } else {
                            dimension.writeString(2, open);
                          }
                        }));
              }
            });
    byte[] tensor =
        message(
            out -> {
              out.writeInt32(1, type);
              out.writeByteArray(2, shape);
            });
    return message(
        out -> {
          out.writeString(1, name);
          out.writeByteArray(2, message(kind -> kind.writeByteArray(1, tensor)));
        });
  }

  private static byte[] bytes(int values, int size) {
    return new byte[values * size];
  }

  private static byte[] floats(float[][] rows) {
    byte[] content = bytes(rows.length * rows[0].length, 4);
    ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] row : rows) {
      for (float value : row) {
        buffer.putFloat(value);
      }
    }
    return content;
  }
}

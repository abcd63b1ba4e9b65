package org.irisgraph.onnx;

import java.util.List;

/** The libraries that models need which the user brings: ONNX Runtime and tokenizers. */
public final class OnnxLibraries {

  /** The profile of the build that puts them into the bundled jar. */
  public static final String PROFILE = "onnx";

  /** A file of each. */
  public static final List<String> FILES =
      List.of(
          "ai/onnxruntime/OrtSession.class",
          "ai/djl/huggingface/tokenizers/HuggingFaceTokenizer.class");

  private OnnxLibraries() {}

  /** Whether this program has them. */
  public static boolean areShipped() {
    return FILES.stream()
        .allMatch(file -> OnnxLibraries.class.getClassLoader().getResource(file) != null);
  }
}

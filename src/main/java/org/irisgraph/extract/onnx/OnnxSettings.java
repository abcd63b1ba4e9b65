package org.irisgraph.extract.onnx;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model for the extractor {@code onnx}.
 *
 * @param location its folder, or its file {@code .onnx} there or in the folder's {@code onnx}
 * @param types what to call its labels or their types; empty for those to leave out
 * @param minConfidence mentions with less are dropped, from 0 to 1
 */
public record OnnxSettings(String location, Map<String, String> types, double minConfidence)
    implements Serializable {

  private static final String ENDING = ".onnx";

  public OnnxSettings {
    types = Map.copyOf(types);
  }

  /**
   * Reads the option {@code onnxTypes}.
   *
   * @param items such as {@code PER=PERSON}, or {@code MISC=} for one to leave out
   * @throws IllegalArgumentException if an item has another form
   */
  public static Map<String, String> types(List<String> items) {
    Map<String, String> types = new TreeMap<>();
    for (String item : items) {
      int sign = item.indexOf('=');
      if (sign < 1
          || types.put(item.substring(0, sign), item.substring(sign + 1).toUpperCase(Locale.ROOT))
              != null) {
        throw new IllegalArgumentException(
            "onnxTypes must be LABEL=TYPE for each label once, not \"%s\"".formatted(item));
      }
    }
    return types;
  }

  /** Locations of the model's files: the network, its tokenizer and its description. */
  public List<String> files() {
    return List.of(network(), tokenizer(), config());
  }

  String network() {
    return location.endsWith(ENDING) ? location : folder() + "model" + ENDING;
  }

  String tokenizer() {
    return folder() + "tokenizer.json";
  }

  String config() {
    return folder() + "config.json";
  }

  /** The folder, with a separator at its end. */
  private String folder() {
    if (!location.endsWith(ENDING)) {
      return location.endsWith("/") ? location : location + "/";
    }
    String folder = location.substring(0, location.lastIndexOf('/') + 1);
    return folder.endsWith("/onnx/") || folder.equals("onnx/")
        ? folder.substring(0, folder.length() - "onnx/".length())
        : folder;
  }
}

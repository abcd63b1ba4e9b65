package org.irisgraph.graphrag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Metadata as its column takes it: a JSON object, cut by whole keys. */
public final class Metadata {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Metadata() {}

  /**
   * Metadata as JSON.
   *
   * @param json null if there is none
   * @param keysCut how many keys did not fit
   */
  public record Fitted(String json, int keysCut) {}

  /**
   * Writes the keys, in their order, that fit into a number of characters: a value that is too long
   * leaves room for those after it. JSON that is cut in the middle would hide the document from
   * iris-vector-rag.
   */
  public static Fitted fit(Map<String, Object> metadata, int maxLength) {
    String all = write(metadata);
    if (metadata.isEmpty()) {
      return new Fitted(null, 0);
    }
    if (all.length() <= maxLength) {
      return new Fitted(all, 0);
    }
    Map<String, Object> kept = new LinkedHashMap<>();
    int length = 2;
    for (Map.Entry<String, Object> entry : metadata.entrySet()) {
      int added =
          write(Map.of(entry.getKey(), "")).length()
              - 4
              + write(entry.getValue()).length()
              + (kept.isEmpty() ? 0 : 1);
      if (length + added <= maxLength) {
        kept.put(entry.getKey(), entry.getValue());
        length += added;
      }
    }
    return new Fitted(kept.isEmpty() ? null : write(kept), metadata.size() - kept.size());
  }

  /** All of it as JSON. */
  public static String toJson(Map<String, Object> metadata) {
    return write(metadata);
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.irisgraph.graphrag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes metadata as a JSON object that fits into its column. */
public final class Metadata {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Metadata() {}

  /**
   * Metadata as JSON.
   *
   * @param json null if no key fits or there is no metadata
   * @param keysCut the number of keys that did not fit
   */
  public record Fitted(@Nullable String json, int keysCut) {}

  /**
   * Writes the keys, in their order, that fit into a number of characters; skips a value that is
   * too long. JSON that is cut in the middle would hide the document from iris-vector-rag.
   */
  public static Fitted fit(Map<String, @Nullable Object> metadata, int maxLength) {
    String all = write(metadata);
    if (metadata.isEmpty()) {
      return new Fitted(null, 0);
    }
    if (all.length() <= maxLength) {
      return new Fitted(all, 0);
    }
    Map<String, @Nullable Object> kept = new LinkedHashMap<>();
    int length = 2;
    for (Map.Entry<String, @Nullable Object> entry : metadata.entrySet()) {
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

  /** Writes all keys. */
  public static String toJson(Map<String, @Nullable Object> metadata) {
    return write(metadata);
  }

  /** Estimates the length of a value of metadata as JSON. */
  public static long characters(@Nullable Object value) {
    long characters = 8;
    if (value instanceof String text) {
      characters += text.length();
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        characters += characters(entry.getKey()) + characters(entry.getValue());
      }
    } else if (value instanceof Collection<?> list) {
      for (Object item : list) {
        characters += characters(item);
      }
    }
    return characters;
  }

  private static String write(@Nullable Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.irisgraph.graphrag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.irisgraph.base.ErrorText;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Origin;
import org.jspecify.annotations.Nullable;

/** Writes metadata as a JSON object that its readers understand, and that fits into its column. */
public final class Metadata {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int LONGEST_TITLE = 200;

  private Metadata() {}

  /**
   * Metadata as JSON.
   *
   * @param json null if no key fits or there is no metadata
   * @param keysCut the number of keys that did not fit
   */
  public record Fitted(@Nullable String json, int keysCut) {}

  /**
   * The metadata of a document as it is stored: each has a title, a source and a file name, which
   * iris-vector-rag shows beside a passage. Lists and objects become text, because its readers
   * compute hash codes of the values, which Python's lists and objects do not have. These three
   * come first, because what does not fit is cut from the end.
   */
  public static Map<String, @Nullable Object> of(Document document) {
    Map<String, @Nullable Object> described = new LinkedHashMap<>();
    // Not the name of a file with several documents: renamed, it would have to be stored again.
    String source = fileName(document.origin()).orElse(document.id());
    described.put("title", title(document.text()));
    described.put("source", source);
    described.put("filename", source);
    document
        .metadata()
        .forEach(
            (key, value) -> {
              if (value != null || !described.containsKey(key)) {
                described.put(key, flat(value));
              }
            });
    return described;
  }

  /** The name of the file that is one document; empty if its file or table has several. */
  public static Optional<String> fileName(Origin origin) {
    String source = origin.source().replace('\\', '/');
    return origin.position() == 0
        ? Optional.of(source.substring(source.lastIndexOf('/') + 1))
        : Optional.empty();
  }

  private static String title(String text) {
    String line =
        text.lines()
            .map(String::strip)
            .filter(Predicate.not(String::isEmpty))
            .findFirst()
            .orElse("");
    return ErrorText.cut(line, LONGEST_TITLE);
  }

  private static @Nullable Object flat(@Nullable Object value) {
    if (value instanceof Collection<?> list
        && list.stream().noneMatch(item -> item instanceof Collection || item instanceof Map)) {
      return list.stream().map(String::valueOf).collect(Collectors.joining("; "));
    }
    return value instanceof Collection || value instanceof Map ? write(value) : value;
  }

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

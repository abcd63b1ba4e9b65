package org.irisgraph.base;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;

/** Texts that every database can hold, whatever its character set and the length of its columns. */
public final class PlainText {

  private static final JsonMapper ASCII =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final String QUOTE = "\"";

  private PlainText() {}

  /** A value as JSON of ASCII characters. */
  public static String json(Object value) {
    try {
      return ASCII.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A short text of printable ASCII characters as it is; any other as a JSON string, cut to the
   * length and marked with a hash. The original is not recovered from it.
   */
  public static String of(String text, int maxLength) {
    if (text.length() <= maxLength
        && !text.startsWith(QUOTE)
        && text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      return text;
    }
    String json = json(text);
    if (json.length() <= maxLength) {
      return json;
    }
    String mark = "~%08x".formatted(text.hashCode());
    return json.substring(0, maxLength - mark.length()) + mark;
  }

  /** Whether {@link #of} may have changed a text. */
  public static boolean isChanged(String text) {
    return text.startsWith(QUOTE);
  }
}

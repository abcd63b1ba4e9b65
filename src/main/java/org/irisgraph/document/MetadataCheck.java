package org.irisgraph.document;

import java.util.List;
import java.util.Map;

/** Refuses metadata that could not be stored as JSON. */
final class MetadataCheck {

  private MetadataCheck() {}

  /** Throws if a key or a string has invalid characters, or a number is infinite. */
  static void check(Map<String, Object> metadata) throws ReadException {
    check("metadata", metadata);
  }

  private static void check(String where, Object value) throws ReadException {
    if (value instanceof String text) {
      AllowedCharacters.check(where, text);
    } else if (value instanceof Double number && !Double.isFinite(number)) {
      throw new ReadException(
          ReadFailure.BAD_FIELD, where + " is a number outside the range of numbers");
    } else if (value instanceof List<?> list) {
      for (Object element : list) {
        check(where, element);
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        String key = String.valueOf(entry.getKey());
        AllowedCharacters.check("a key of " + where, key);
        check(where + "." + key, entry.getValue());
      }
    }
  }
}

package org.irisgraph.document.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.document.AllowedCharacters;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object that is a document, as far as it could be read: {@code text} and
 * optionally {@code id} (a string or a number), {@code title} and {@code metadata} (an object).
 * Other fields are ignored.
 */
final class JsonFields {

  /** Readers bound a document by {@code maxDocumentBytes}, so its strings need no bound. */
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  /** The most fields that a message names. */
  private static final int MAX_NAMED = 20;

  private static final ObjectReader VALUES = MAPPER.readerFor(Object.class);

  static {
    MAPPER
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build());
  }

  private @Nullable String id;
  private @Nullable String title;
  private @Nullable String text;
  private Map<String, Object> metadata = Map.of();
  private boolean hasText;
  private @Nullable String arrayOfObjects;
  private final List<String> otherFields = new ArrayList<>();

  @Nullable String id() {
    return id;
  }

  @Nullable String title() {
    return title;
  }

  @Nullable String text() {
    return text;
  }

  Map<String, Object> metadata() {
    return metadata;
  }

  /**
   * Reads the fields from the object's beginning to its end.
   *
   * @throws ReadException if a field has another type than it should have
   */
  void read(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (field) {
        case "id" -> id = id(parser, value);
        case "title" -> title = string(parser, value, field);
        case "text" -> {
          hasText = true;
          text = string(parser, value, field);
        }
        case "metadata" -> metadata = object(parser, value);
        default -> skip(parser, value, field);
      }
    }
  }

  /**
   * Throws if there is no field {@code text}.
   *
   * @throws ReadException that names the field which seems to hold the documents, if there is one,
   *     else the fields that there are
   */
  void requireText() throws ReadException {
    if (!hasText) {
      throw new ReadException(
          ReadFailure.BAD_FIELD,
          arrayOfObjects == null
              ? "there is no field \"text\"" + otherFields()
              : "there is no field \"text\"; if the array \"%s\" has the documents, make it the whole file: jq '.[\"%s\"]'"
                  .formatted(arrayOfObjects, arrayOfObjects));
    }
  }

  private String otherFields() {
    return otherFields.isEmpty()
        ? ""
        : "; it has " + AllowedCharacters.visible(String.join(", ", otherFields));
  }

  private void skip(JsonParser parser, JsonToken value, String field) throws IOException {
    if (otherFields.size() < MAX_NAMED) {
      otherFields.add(field);
    }
    if (value != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    if (parser.nextToken() == JsonToken.START_OBJECT && arrayOfObjects == null) {
      arrayOfObjects = field;
    }
    while (parser.currentToken() != JsonToken.END_ARRAY) {
      parser.skipChildren();
      parser.nextToken();
    }
  }

  /** A numeric id keeps its notation: 1.0 is not 1. */
  private static @Nullable String id(JsonParser parser, JsonToken value) throws IOException {
    return value.isNumeric() ? parser.getText() : string(parser, value, "id");
  }

  private static @Nullable String string(JsonParser parser, JsonToken value, String field)
      throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      return null;
    }
    if (value != JsonToken.VALUE_STRING) {
      throw wrongType(field, field.equals("id") ? "a string or a number" : "a string");
    }
    return parser.getText();
  }

  private static Map<String, Object> object(JsonParser parser, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      return Map.of();
    }
    if (value != JsonToken.START_OBJECT) {
      throw wrongType("metadata", "an object");
    }
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      object.put(key, VALUES.readValue(parser));
    }
    return object;
  }

  private static ReadException wrongType(String field, String expected) {
    return new ReadException(
        ReadFailure.BAD_FIELD, "the field \"" + field + "\" is not " + expected);
  }
}

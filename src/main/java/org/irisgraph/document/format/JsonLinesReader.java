package org.irisgraph.document.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.irisgraph.document.DocumentReader;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.SourcePart;
import org.irisgraph.document.Splitter;
import org.irisgraph.document.ValidatingSink;
import org.irisgraph.document.format.LineReader.Line;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON Lines: each line is an object with {@code text} and optionally {@code id} (a string or
 * a number), {@code title} and {@code metadata} (an object). Other fields are ignored, as are blank
 * lines.
 */
final class JsonLinesReader implements DocumentReader {

  private static final long serialVersionUID = 1L;

  /** A line is bounded by {@code maxDocumentBytes} already, so its strings need no bound. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private static final ObjectReader VALUES = MAPPER.readerFor(Object.class);

  static {
    MAPPER
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build());
  }

  @Override
  public Optional<Splitter> splitter() {
    return Optional.of(LineSplitter::split);
  }

  @Override
  public void read(SourcePart part, InputStream content, DocumentSink sink) {
    ValidatingSink checked = new ValidatingSink(part, "line", sink);
    LineReader lines =
        new LineReader(content, Math.max(1, part.firstLine()), part.maxDocumentBytes());
    try {
      for (Optional<Line> line = lines.read(); line.isPresent(); line = lines.read()) {
        read(line.get(), part, checked);
      }
    } catch (IOException e) {
      checked.unreadable(lines.number(), null, e);
    }
  }

  private static void read(Line line, SourcePart part, ValidatingSink checked) {
    Fields fields = new Fields();
    try {
      if (line.tooLong()) {
        throw ReadException.tooLarge(part.maxDocumentBytes());
      }
      String json = StrictUtf8.decode(line.bytes());
      if (line.number() == 1) {
        json = StrictUtf8.withoutByteOrderMark(json);
      }
      if (json.isBlank()) {
        return;
      }
      fields.read(json);
    } catch (JsonProcessingException e) {
      checked.unreadable(line.number(), fields.id, ReadFailure.BAD_JSON, describe(e));
      return;
    } catch (IOException e) {
      checked.unreadable(line.number(), fields.id, e);
      return;
    }
    checked.document(line.number(), fields.id, fields.title, fields.text, fields.metadata);
  }

  private static String describe(JsonProcessingException e) {
    String column = e.getLocation() == null ? "" : ", at column " + e.getLocation().getColumnNr();
    return "not one JSON object" + column + ": " + e.getOriginalMessage();
  }

  /** The fields of a line, as far as it could be read. */
  private static final class Fields {

    private @Nullable String id;
    private @Nullable String title;
    private @Nullable String text;
    private Map<String, Object> metadata = Map.of();

    void read(String json) throws IOException {
      boolean hasText = false;
      try (JsonParser parser = MAPPER.createParser(json)) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          throw new ReadException(ReadFailure.BAD_JSON, "not a JSON object");
        }
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
            default -> parser.skipChildren();
          }
        }
        if (parser.nextToken() != null) {
          throw new ReadException(ReadFailure.BAD_JSON, "something follows the JSON object");
        }
      }
      if (!hasText) {
        throw new ReadException(ReadFailure.BAD_FIELD, "there is no field \"text\"");
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

    private static Map<String, Object> object(JsonParser parser, JsonToken value)
        throws IOException {
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
}

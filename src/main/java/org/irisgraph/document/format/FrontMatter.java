package org.irisgraph.document.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.jspecify.annotations.Nullable;

/**
 * The optional YAML map between two lines of {@code ---} before a Markdown text.
 *
 * @param id null if there is none
 * @param title null if there is none
 * @param others the other keys, in their order
 * @param body what follows
 */
record FrontMatter(
    @Nullable String id, @Nullable String title, Map<String, Object> others, String body) {

  private static final Pattern OPENING = Pattern.compile("\\A---[ \\t]*\\R");
  private static final Pattern CLOSING =
      Pattern.compile("(?m)^(?:---|\\.\\.\\.)[ \\t]*(?:\\R|\\z)");

  private static final YAMLMapper MAPPER =
      new YAMLMapper(
          YAMLFactory.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
              .build());

  private static final ObjectReader VALUES = MAPPER.readerFor(Object.class);

  /** Splits a text; without a closed front matter at its beginning it is all body. */
  static FrontMatter split(String text) throws ReadException {
    Matcher opening = OPENING.matcher(text);
    Matcher closing = CLOSING.matcher(text);
    if (!opening.find() || !closing.find(opening.end())) {
      return new FrontMatter(null, null, Map.of(), text);
    }
    String yaml = text.substring(opening.end(), closing.start());
    String body = text.substring(closing.end());
    try (JsonParser parser = MAPPER.createParser(yaml)) {
      return parse(parser, body);
    } catch (JsonProcessingException e) {
      // The line of the opening is not part of what was parsed.
      String line = e.getLocation() == null ? "" : "line " + (e.getLocation().getLineNr() + 1);
      throw bad(line + ": " + withoutExcerpts(e.getOriginalMessage()));
    } catch (ReadException e) {
      throw e;
    } catch (IOException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  /** SnakeYAML's messages quote the source on indented lines. */
  private static String withoutExcerpts(String message) {
    return message.lines().filter(line -> !line.startsWith(" ")).collect(Collectors.joining(", "));
  }

  private static FrontMatter parse(JsonParser parser, String body) throws IOException {
    String id = null;
    String title = null;
    Map<String, Object> others = new LinkedHashMap<>();
    JsonToken first = parser.nextToken();
    if (first != null && first != JsonToken.START_OBJECT) {
      throw bad("not a map of keys and values");
    }
    while (first != null && parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (key) {
        case "id" -> id = scalar(parser, value, key);
        case "title" -> title = scalar(parser, value, key);
        default -> others.put(key, VALUES.readValue(parser));
      }
    }
    return new FrontMatter(id, title, others, body);
  }

  /** A number or a date as it is written. */
  private static @Nullable String scalar(JsonParser parser, JsonToken value, String key)
      throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      return null;
    }
    if (!value.isScalarValue()) {
      throw bad("\"" + key + "\" is not a single value");
    }
    return parser.getText();
  }

  private static ReadException bad(String problem) {
    return new ReadException(ReadFailure.BAD_FRONT_MATTER, "front matter: " + problem);
  }
}

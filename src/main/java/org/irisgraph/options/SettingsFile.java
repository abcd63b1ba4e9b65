package org.irisgraph.options;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A YAML file with a map of option: value at its top level. Only the file's form is checked here;
 * {@link Settings} checks names and values. Relative paths in it are relative to the working
 * directory, as in flags.
 *
 * @param path where it was read
 * @param settings in the order of the file
 */
public record SettingsFile(Path path, List<Setting> settings) {

  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  public SettingsFile {
    settings = List.copyOf(settings);
  }

  /**
   * Reads a file; an empty one has no settings.
   *
   * @throws UsageException if it cannot be read or is no such map
   */
  public static SettingsFile read(Path path) {
    try {
      return new SettingsFile(path, parse(path, Files.readString(path)));
    } catch (NoSuchFileException e) {
      throw new UsageException("settings file " + path + " does not exist");
    } catch (AccessDeniedException e) {
      throw new UsageException("settings file " + path + " may not be read");
    } catch (CharacterCodingException e) {
      throw new UsageException("settings file " + path + " is not UTF-8");
    } catch (JsonProcessingException e) {
      throw new UsageException(YamlErrorMessage.message(path, e));
    } catch (IOException e) {
      throw new UsageException("settings file " + path + " cannot be read: " + e.getMessage());
    }
  }

  /** The file's name without its ending. */
  public String baseName() {
    Path name = path.getFileName();
    return name == null ? "" : name.toString().replaceFirst("(?<=.)\\.[^.]*$", "");
  }

  private static List<Setting> parse(Path path, String content) throws IOException {
    List<Setting> settings = new ArrayList<>();
    try (YAMLParser parser = (YAMLParser) YAML.createParser(content)) {
      JsonToken first = parser.nextToken();
      boolean empty = first == null || parser.getText().isEmpty();
      if (empty) {
        return settings;
      }
      if (first != JsonToken.START_OBJECT) {
        throw new UsageException(
            place(path, parser.currentTokenLocation()) + ": expected lines of option: value");
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        settings.add(setting(name, place(path, parser.currentTokenLocation()), parser));
      }
      if (parser.nextToken() != null) {
        throw new UsageException(
            place(path, parser.currentTokenLocation()) + ": only one YAML document is read");
      }
    }
    return settings;
  }

  private static Setting setting(String name, String place, YAMLParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_OBJECT) {
      return new Setting(name, Setting.Shape.MAP, List.of(YAML.readTree(parser).toString()), place);
    }
    if (token == JsonToken.START_ARRAY) {
      List<String> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(scalar(name, place, parser));
      }
      return new Setting(name, Setting.Shape.LIST, items, place);
    }
    // An absent value is null or an empty text in YAML.
    if (token == JsonToken.VALUE_NULL || parser.getText().isEmpty()) {
      return new Setting(name, Setting.Shape.EMPTY, List.of(), place);
    }
    return new Setting(name, Setting.Shape.SCALAR, List.of(scalar(name, place, parser)), place);
  }

  /** The text as written in the file: a pipeline named 007 keeps its zeros. */
  private static String scalar(String name, String place, YAMLParser parser) throws IOException {
    if (parser.isCurrentAlias()) {
      throw new UsageException(
          "%s: %s: quote a text that begins with *; YAML aliases are not read"
              .formatted(place, name));
    }
    boolean isText = parser.currentToken().isScalarValue() && !parser.getText().isEmpty();
    if (!isText || parser.currentToken() == JsonToken.VALUE_NULL) {
      throw new UsageException("%s: %s: a list has texts or numbers".formatted(place, name));
    }
    return parser.getText();
  }

  private static String place(Path path, JsonLocation location) {
    return location == null || location.getLineNr() < 1
        ? path.toString()
        : path + ":" + location.getLineNr();
  }
}

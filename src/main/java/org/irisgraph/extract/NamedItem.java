package org.irisgraph.extract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An item of a YAML file that lists items with unique names. */
final class NamedItem {

  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final String NAME = "name";

  /** Prefix of messages: the file and, if known, the item. */
  private final String where;

  private final JsonNode node;

  private NamedItem(String where, JsonNode node) {
    this.where = where;
    this.node = node;
  }

  /**
   * Parses a file.
   *
   * @param file name of the file for messages
   * @param list the only key of the file, which contains the items; a plural
   * @param keys keys that an item may have besides its name
   * @throws IllegalArgumentException if the file is malformed; the message says where
   */
  static List<NamedItem> parse(String file, String yaml, String list, Set<String> keys) {
    NamedItem root = new NamedItem(file, tree(file, yaml, list));
    root.check(Set.of(list), "known is ");
    JsonNode nodes = root.node.path(list);
    if (!nodes.isArray() || nodes.isEmpty()) {
      throw root.wrong(expected(list));
    }
    String one = list.substring(0, list.length() - 1);
    Set<String> known = new TreeSet<>(keys);
    known.add(NAME);
    List<NamedItem> items = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode node : nodes) {
      String name =
          new NamedItem(file, node)
              .optional(NAME)
              .orElseThrow(() -> root.wrong(one + " " + (items.size() + 1) + " has no name"));
      if (!names.add(name)) {
        throw root.wrong("two " + list + " have the name \"" + name + "\"");
      }
      NamedItem item = new NamedItem(file + ": " + one + " \"" + name + "\"", node);
      item.check(known, "known are ");
      items.add(item);
    }
    return items;
  }

  String name() {
    return text(NAME);
  }

  /** Returns the stripped text of a required key. */
  String text(String key) {
    return optional(key).orElseThrow(() -> wrong("it has no " + key));
  }

  /** Returns the stripped text of a key, if there is any. */
  Optional<String> optional(String key) {
    JsonNode value = node.path(key);
    return value.isTextual() && !value.textValue().isBlank()
        ? Optional.of(value.textValue().strip())
        : Optional.empty();
  }

  /** Returns the number of the key {@code confidence}, from 0 to 1. */
  double confidence(double defaultValue) {
    JsonNode value = node.path("confidence");
    if (!value.isMissingNode()
        && !(value.isNumber() && value.doubleValue() >= 0 && value.doubleValue() <= 1)) {
      throw wrong("confidence must be a number between 0 and 1");
    }
    return value.asDouble(defaultValue);
  }

  /** Returns the whole number of a key, from 0 to a maximum; 0 if the key is missing. */
  int number(String key, int max) {
    JsonNode value = node.path(key);
    if (!value.isMissingNode()
        && !(value.isInt() && value.intValue() >= 0 && value.intValue() <= max)) {
      throw wrong(key + " must be a whole number between 0 and " + max);
    }
    return value.asInt(0);
  }

  /** Compiles a regular expression. */
  Pattern compile(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw wrong(Objects.requireNonNullElse(e.getMessage(), "invalid expression"));
    }
  }

  IllegalArgumentException wrong(String reason) {
    return wrong(where, reason);
  }

  private static IllegalArgumentException wrong(String where, String reason) {
    return new IllegalArgumentException(where + ": " + reason);
  }

  private void check(Set<String> known, String before) {
    Iterable<String> keys = node::fieldNames;
    for (String key : keys) {
      if (!known.contains(key)) {
        throw wrong("unknown key \"" + key + "\"; " + before + String.join(", ", known));
      }
    }
  }

  private static String expected(String list) {
    return "expected a list of " + list + " under the key " + list;
  }

  private static JsonNode tree(String file, String yaml, String list) {
    try {
      JsonNode root = YAML.readTree(yaml);
      if (!root.isObject()) {
        throw wrong(file, expected(list));
      }
      return root;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw wrong(
          file, "line " + line + ": " + e.getOriginalMessage().lines().findFirst().orElse(""));
    }
  }
}

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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One item of a YAML file that is a list of items with a unique name each. */
final class NamedItem {

  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final String NAME = "name";

  /** What messages begin with: the file and, once it is known, the item. */
  private final String where;

  private final JsonNode node;

  private NamedItem(String where, JsonNode node) {
    this.where = where;
    this.node = node;
  }

  /**
   * The items of a file.
   *
   * @param file what messages call it
   * @param list the only key of the file, under which the items are: the plural of what they are
   * @param keys what an item may have besides its name
   * @throws IllegalArgumentException if the file is not such a list; the message says where
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

  /** The text under the key, without white space around it. */
  String text(String key) {
    return optional(key).orElseThrow(() -> wrong("it has no " + key));
  }

  /** The text under the key; empty if there is none. */
  Optional<String> optional(String key) {
    JsonNode value = node.path(key);
    return value.isTextual() && !value.textValue().isBlank()
        ? Optional.of(value.textValue().strip())
        : Optional.empty();
  }

  /** The number under the key {@code confidence}, from 0 to 1. */
  double confidence(double ifMissing) {
    JsonNode value = node.path("confidence");
    if (!value.isMissingNode()
        && !(value.isNumber() && value.doubleValue() >= 0 && value.doubleValue() <= 1)) {
      throw wrong("confidence must be a number between 0 and 1");
    }
    return value.asDouble(ifMissing);
  }

  /** The whole number under the key, from 0 to a greatest; 0 if there is none. */
  int number(String key, int greatest) {
    JsonNode value = node.path(key);
    if (!value.isMissingNode()
        && !(value.isInt() && value.intValue() >= 0 && value.intValue() <= greatest)) {
      throw wrong(key + " must be a whole number between 0 and " + greatest);
    }
    return value.asInt(0);
  }

  /** The expression, or why it is none. */
  Pattern compile(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw wrong(e.getMessage());
    }
  }

  IllegalArgumentException wrong(String reason) {
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
    NamedItem nothing = new NamedItem(file, null);
    try {
      JsonNode root = YAML.readTree(yaml);
      if (!root.isObject()) {
        throw nothing.wrong(expected(list));
      }
      return root;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw nothing.wrong(
          "line " + line + ": " + e.getOriginalMessage().lines().findFirst().orElse(""));
    }
  }
}

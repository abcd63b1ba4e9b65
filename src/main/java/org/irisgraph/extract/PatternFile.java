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
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Patterns as users write them:
 *
 * <pre>{@code
 * patterns:
 *   - name: gene-with-number      # for messages; unique
 *     type: GENE
 *     regex: '\b([A-Z]{2,5}\d+)\b'
 *     confidence: 0.8             # optional, 0 to 1, default 0.9
 *     group: 1                    # optional, default 0: the whole match
 * }</pre>
 */
final class PatternFile {

  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final String PATTERNS = "patterns";
  private static final Set<String> KEYS =
      new TreeSet<>(Set.of("name", "type", "regex", "confidence", "group"));

  /** What messages begin with: the file and, once it is known, the pattern. */
  private final String where;

  private PatternFile(String where) {
    this.where = where;
  }

  static List<NamedPattern> parse(String file, String yaml) {
    return new PatternFile(file).patterns(yaml);
  }

  private List<NamedPattern> patterns(String yaml) {
    JsonNode root = tree(yaml);
    for (String key : keys(root)) {
      if (!key.equals(PATTERNS)) {
        throw wrong("unknown key \"" + key + "\"; known is " + PATTERNS);
      }
    }
    JsonNode list = root.path(PATTERNS);
    if (!list.isArray() || list.isEmpty()) {
      throw wrong("expected a list of patterns under the key " + PATTERNS);
    }
    List<NamedPattern> patterns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode node : list) {
      String name = text(node, "name", "pattern " + (patterns.size() + 1));
      if (!names.add(name)) {
        throw wrong("two patterns have the name \"" + name + "\"");
      }
      patterns.add(new PatternFile(where + ": pattern \"" + name + "\"").pattern(name, node));
    }
    return patterns;
  }

  private NamedPattern pattern(String name, JsonNode node) {
    for (String key : keys(node)) {
      if (!KEYS.contains(key)) {
        throw wrong("unknown key \"" + key + "\"; known are " + String.join(", ", KEYS));
      }
    }
    String type = text(node, "type", "it").toUpperCase(Locale.ROOT);
    Pattern regex = regex(text(node, "regex", "it"));
    JsonNode confidence = node.path("confidence");
    if (!confidence.isMissingNode()
        && !(confidence.isNumber()
            && confidence.doubleValue() >= 0
            && confidence.doubleValue() <= 1)) {
      throw wrong("confidence must be a number between 0 and 1");
    }
    JsonNode group = node.path("group");
    if (!group.isMissingNode()
        && !(group.isInt() && group.intValue() >= 0 && group.intValue() <= regex.groupCount())) {
      throw wrong("group must be a whole number between 0 and " + regex.groupCount());
    }
    return new NamedPattern(
        name, type, regex, confidence.asDouble(NamedPattern.DEFAULT_CONFIDENCE), group.asInt(0));
  }

  private JsonNode tree(String yaml) {
    try {
      JsonNode root = YAML.readTree(yaml);
      if (!root.isObject()) {
        throw wrong("expected a list of patterns under the key " + PATTERNS);
      }
      return root;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw wrong("line " + line + ": " + e.getOriginalMessage().lines().findFirst().orElse(""));
    }
  }

  private Pattern regex(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw wrong(e.getMessage());
    }
  }

  /** The text under the key, without white space around it. */
  private String text(JsonNode node, String key, String what) {
    JsonNode value = node.path(key);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw wrong(what + " has no " + key);
    }
    return value.textValue().strip();
  }

  private static Iterable<String> keys(JsonNode node) {
    return node::fieldNames;
  }

  private IllegalArgumentException wrong(String reason) {
    return new IllegalArgumentException(where + ": " + reason);
  }
}

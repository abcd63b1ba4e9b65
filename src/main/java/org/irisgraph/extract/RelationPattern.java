package org.irisgraph.extract;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.irisgraph.graph.Relationship;

/**
 * A regular expression for sentences that state a relation. Its definition in a file:
 *
 * <pre>{@code
 * relations:
 *   - name: induced-by            # for messages; unique
 *     type: causes
 *     source: DRUG                # optional: type of the entity, default any
 *     target: DISEASE             # optional
 *     pattern: '{target} (?:was )?induced by {source}'
 *     confidence: 0.8             # optional, 0 to 1, default 0.8
 * }</pre>
 *
 * <p>A pattern is a case-insensitive regular expression in RE2 syntax; a space matches any white
 * space. It contains {@code {source}} and {@code {target}} once each. Both match a mention with an
 * optional short form in brackets, or a list of up to ten, separated by commas, {@code and} or
 * {@code or}; the relation holds for each of a list. {@code {entity}} matches a mention of any type
 * that is not part of the relation.
 *
 * @param name name for messages
 * @param type type of the relation
 * @param entityTypes types of entities without which it cannot match, in capitals
 * @param regex expression for a {@link MaskedSentence}, with a group for source and target each
 * @param confidence of each statement, from 0 to 1
 */
record RelationPattern(
    String name, String type, Set<String> entityTypes, Pattern regex, double confidence) {

  static final String SOURCE = "source";
  static final String TARGET = "target";

  /** Confidence of a pattern without one: the sentence may negate the relation elsewhere. */
  private static final double DEFAULT_CONFIDENCE = 0.8;

  private static final Set<String> KEYS = Set.of("type", SOURCE, TARGET, "pattern", "confidence");

  /** Longer lists are tables, where every pair of two lists would be related. */
  private static final int MAX_FURTHER_MENTIONS = 9;

  /** Separates the mentions of a list. */
  private static final String LIST_SEPARATOR = "(?:, ?(?:and |or )?| (?:and|or|and/or) |/)";

  /**
   * Reads the patterns of a file.
   *
   * @param file name of the file for messages
   * @throws IllegalArgumentException if the file is malformed; the message names the pattern
   */
  static List<RelationPattern> parse(String file, String yaml) {
    return NamedItem.parse(file, yaml, "relations", KEYS).stream()
        .map(RelationPattern::of)
        .toList();
  }

  private static RelationPattern of(NamedItem item) {
    String pattern = item.text("pattern");
    String type = item.text("type").toLowerCase(Locale.ROOT);
    if (type.equals(Relationship.CO_OCCURS_WITH)) {
      throw item.wrong("the type " + type + " is reserved for entities that share a sentence");
    }
    for (String part : List.of(SOURCE, TARGET)) {
      if (pattern.split("\\{" + part + "\\}", -1).length != 2) {
        throw item.wrong("the pattern must have {" + part + "} once");
      }
    }
    // Reports errors in the user's expression rather than in the expanded one.
    item.compile(pattern.replaceAll("\\{(source|target|entity)\\}", "$1"));
    String regex =
        pattern
            .replace("{" + SOURCE + "}", list(item, SOURCE))
            .replace("{" + TARGET + "}", list(item, TARGET))
            .replace("{entity}", MaskedSentence.ANY);
    return new RelationPattern(
        item.name(),
        type,
        Stream.of(item.optional(SOURCE), item.optional(TARGET))
            .flatMap(Optional::stream)
            .map(name -> name.toUpperCase(Locale.ROOT))
            .collect(Collectors.toSet()),
        item.compile("(?i)" + regex),
        item.confidence(DEFAULT_CONFIDENCE));
  }

  private static String list(NamedItem item, String part) {
    String name = item.optional(part).map(MaskedSentence::mask).orElse(MaskedSentence.ANY);
    String mention = name + "(?: \\(" + name + "\\))?";
    return "(?P<"
        + part
        + ">"
        + mention
        + "(?:"
        + LIST_SEPARATOR
        + mention
        + "){0,"
        + MAX_FURTHER_MENTIONS
        + "})";
  }
}

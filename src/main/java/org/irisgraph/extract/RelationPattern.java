package org.irisgraph.extract;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A form in which sentences state a relation. Users write
 *
 * <pre>{@code
 * relations:
 *   - name: induced-by            # for messages; unique
 *     type: causes
 *     source: DRUG                # optional: the type of the entity; any, if there is none
 *     target: DISEASE             # optional
 *     pattern: '{target} (?:was )?induced by {source}'
 *     confidence: 0.8             # optional, 0 to 1, default 0.8
 * }</pre>
 *
 * <p>A pattern is a regular expression in the syntax of RE2, in which any case matches and a space
 * any white space; {@code {source}} and {@code {target}} stand once each for a mention, or for up
 * to ten in a list with commas, {@code and} and {@code or}, of which each is meant, and its short
 * form in brackets; {@code {entity}} stands for a mention of any type that has no part in the
 * relation.
 *
 * @param name what messages call it
 * @param type of the relation
 * @param regex as {@link MaskedSentence} takes it, with a group for each of the two
 * @param confidence of each statement, from 0 to 1
 */
record RelationPattern(String name, String type, Pattern regex, double confidence) {

  static final String SOURCE = "source";
  static final String TARGET = "target";

  /** Of a pattern that states none: what is said may still be denied elsewhere in the sentence. */
  private static final double DEFAULT_CONFIDENCE = 0.8;

  private static final Set<String> KEYS = Set.of("type", SOURCE, TARGET, "pattern", "confidence");

  /** A longer list is a table, and each of one list would be related with each of the other. */
  private static final int MORE_OF_A_LIST = 9;

  /** What may stand between the mentions of a list. */
  private static final String LIST_SEPARATOR = "(?:, ?(?:and |or )?| (?:and|or|and/or) |/)";

  /**
   * Reads the patterns of a file.
   *
   * @param file what messages call it
   * @throws IllegalArgumentException if something in it is wrong; the message names the pattern
   */
  static List<RelationPattern> parse(String file, String yaml) {
    return NamedItem.parse(file, yaml, "relations", KEYS).stream()
        .map(RelationPattern::of)
        .toList();
  }

  private static RelationPattern of(NamedItem item) {
    String pattern = item.text("pattern");
    String type = item.text("type").toLowerCase(Locale.ROOT);
    if (type.equals(GraphExtractor.CO_OCCURS_WITH)) {
      throw item.wrong("the type " + type + " is that of entities of one sentence");
    }
    for (String part : List.of(SOURCE, TARGET)) {
      if (pattern.split("\\{" + part + "\\}", -1).length != 2) {
        throw item.wrong("the pattern must have {" + part + "} once");
      }
    }
    // An error is told of what the user wrote, not of what is made of it.
    item.compile(pattern.replaceAll("\\{(source|target|entity)\\}", "$1"));
    String regex =
        pattern
            .replace("{" + SOURCE + "}", list(item, SOURCE))
            .replace("{" + TARGET + "}", list(item, TARGET))
            .replace("{entity}", MaskedSentence.ANY);
    return new RelationPattern(
        item.name(), type, item.compile("(?i)" + regex), item.confidence(DEFAULT_CONFIDENCE));
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
        + MORE_OF_A_LIST
        + "})";
  }
}

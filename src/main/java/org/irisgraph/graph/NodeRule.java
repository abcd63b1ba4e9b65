package org.irisgraph.graph;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which differences of names do not make two nodes, beyond those that do not make two entities
 * ({@link GraphIds#normalise}: case, white space, Unicode's compatibility forms, kinds of dashes).
 */
public enum NodeRule {

  /** Hyphens between letters or digits are spaces: {@code breast-cancer}, {@code breast cancer}. */
  HYPHENS("hyphens"),

  /** Greek letters are their names: {@code TNF-α}, {@code TNFalpha}, {@code TNF-alpha}. */
  GREEK("greek"),

  /** A possessive is its noun: {@code Parkinson's disease}, {@code Parkinson disease}. */
  POSSESSIVES("possessives"),

  /** British words are American by a table: {@code tumour}, {@code tumor}. */
  BRITISH("british"),

  /** A plural at the end of a name is its singular: {@code seizures}, {@code seizure}. */
  PLURALS("plurals"),

  /**
   * A short form that a document defines belongs to the node of its long form in that document:
   * {@code chronic obstructive pulmonary disease (COPD)}.
   */
  SHORT_FORMS("shortForms");

  /** The name for no rules at all. */
  public static final String NONE = "none";

  private final String written;

  NodeRule(String written) {
    this.written = written;
  }

  /** The name in the option {@code nodeRules}. */
  public String written() {
    return written;
  }

  /** The names of all rules, in order. */
  public static List<String> names() {
    return Stream.of(values()).map(NodeRule::written).toList();
  }

  /**
   * The rules with these names.
   *
   * @param names of {@link #names}, or {@value #NONE} alone
   * @throws IllegalArgumentException if a name is unknown; the message gives the known ones
   */
  public static Set<NodeRule> of(Collection<String> names) {
    Set<NodeRule> rules = EnumSet.noneOf(NodeRule.class);
    if (names.size() == 1 && names.contains(NONE)) {
      return rules;
    }
    for (String name : names) {
      rules.add(
          Stream.of(values())
              .filter(rule -> rule.written.equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "nodeRules must be of %s, or %s, not \"%s\""
                              .formatted(String.join(", ", names()), NONE, name))));
    }
    return rules;
  }
}

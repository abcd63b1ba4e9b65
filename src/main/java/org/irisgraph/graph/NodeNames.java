package org.irisgraph.graph;

import java.util.Collection;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.irisgraph.text.BritishSpelling;
import org.irisgraph.text.GreekLetters;
import org.irisgraph.text.Plurals;

/** What the spellings of a node's name have in common, by the rules for names. Immutable. */
public final class NodeNames {

  /** Raise when the same name has another normal form. */
  public static final int VERSION = 1;

  private static final Pattern HYPHEN = Pattern.compile("(?<=[\\p{L}\\p{N}])-(?=[\\p{L}\\p{N}])");
  private static final Pattern POSSESSIVE =
      Pattern.compile("(?<=\\p{L})'(?:s(?![\\p{L}\\p{N}])|(?= |$))");
  private static final Pattern WORD = Pattern.compile("[a-z]{4,}");
  private static final Pattern LAST_WORD = Pattern.compile("(?<![\\p{L}\\p{N}])[a-z]+$");
  private static final Pattern PLURAL_ACRONYM =
      Pattern.compile("(?<![\\p{L}\\p{N}])[A-Z][A-Z0-9]+s$");

  /** Its S may be any word's: {@code AIDS}. */
  private static final Pattern ACRONYM = Pattern.compile("(?<![\\p{L}\\p{N}])[A-Z]{1,5}$");

  private final Set<NodeRule> rules;

  public NodeNames(Collection<NodeRule> rules) {
    this.rules = Set.copyOf(rules);
  }

  /** The rules that are followed. */
  public Set<NodeRule> rules() {
    return rules;
  }

  /**
   * The normal form of a name.
   *
   * @param name as it is written
   */
  public String normalise(String name) {
    String normal;
    if (rules.contains(NodeRule.GREEK)) {
      normal = GreekLetters.named(GraphIds.normalise(GreekLetters.separated(name)));
    } else {
      normal = GraphIds.normalise(name);
    }
    if (rules.contains(NodeRule.POSSESSIVES) && normal.indexOf('\'') > 0) {
      normal = POSSESSIVE.matcher(normal).replaceAll("");
    }
    if (rules.contains(NodeRule.HYPHENS) && normal.indexOf('-') > 0) {
      normal = HYPHEN.matcher(normal).replaceAll(" ");
    }
    if (rules.contains(NodeRule.PLURALS)) {
      normal = singular(name.strip(), normal);
    }
    if (rules.contains(NodeRule.BRITISH)) {
      normal = WORD.matcher(normal).replaceAll(word -> BritishSpelling.american(word.group()));
    }
    return normal;
  }

  private static String singular(String written, String normal) {
    if (PLURAL_ACRONYM.matcher(written).find()) {
      return normal.substring(0, normal.length() - 1);
    }
    Matcher last = LAST_WORD.matcher(normal);
    return last.find() && !ACRONYM.matcher(written).find()
        ? normal.substring(0, last.start()) + Plurals.singular(last.group())
        : normal;
  }
}

package org.irisgraph.graph;

import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import org.irisgraph.text.BritishSpelling;
import org.irisgraph.text.GreekLetters;
import org.irisgraph.text.Plurals;

/** What the spellings of a node's name have in common, by the rules for names. Immutable. */
public final class NodeNames {

  private static final Pattern HYPHEN = Pattern.compile("(?<=[\\p{L}\\p{N}])-(?=[\\p{L}\\p{N}])");
  private static final Pattern POSSESSIVE =
      Pattern.compile("(?<=\\p{L})'(?:s(?![\\p{L}\\p{N}])|(?= |$))");

  /** Shorter words in capitals may end in any S: {@code AIDS}. */
  private static final int LONGEST_ACRONYM = 5;

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
    return rules.contains(NodeRule.BRITISH) ? american(normal) : normal;
  }

  private static String singular(String written, String normal) {
    String last = written.substring(lastWord(written));
    if (last.endsWith("s") && isCapitals(last.substring(0, last.length() - 1))) {
      return normal.substring(0, normal.length() - 1);
    }
    if (last.length() <= LONGEST_ACRONYM && isCapitals(last)) {
      return normal;
    }
    int start = lastWord(normal);
    String noun = normal.substring(start);
    return noun.chars().allMatch(NodeNames::isLetter)
        ? normal.substring(0, start) + Plurals.singular(noun)
        : normal;
  }

  private static int lastWord(String name) {
    int start = name.length();
    while (start > 0 && Character.isLetterOrDigit(name.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static boolean isCapitals(String word) {
    return word.length() > 1
        && word.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
  }

  private static boolean isLetter(int character) {
    return character >= 'a' && character <= 'z';
  }

  private static String american(String normal) {
    StringBuilder american = new StringBuilder(normal.length());
    int at = 0;
    while (at < normal.length()) {
      int end = at;
      while (end < normal.length() && isLetter(normal.charAt(end))) {
        end++;
      }
      if (end == at) {
        american.append(normal.charAt(at));
        at++;
      } else {
        american.append(BritishSpelling.american(normal.substring(at, end)));
        at = end;
      }
    }
    return american.toString();
  }
}

package org.irisgraph.extract.ner;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.irisgraph.graph.Mention;

/**
 * Decides which words alone are names of people: the model takes products and the parties of
 * contracts for people, too.
 */
final class LonePersons {

  /** Words that come before a name, which a person of one word may then have, beside titles. */
  private static final Set<String> ADDRESSES =
      Set.of("dear", "hi", "hello", "hey", "aunt", "sister");

  /** Mean confidence from which one word alone is a person: products look like last names. */
  private static final double SURE = 0.45;

  /** Share of its mentions that have an article from which a word alone is no name of a person. */
  private static final double ARTICLES = 0.3;

  private static final Set<String> DETERMINERS =
      Set.of("the", "a", "an", "each", "every", "any", "all", "such", "no");

  private final TokenizedText tokens;

  /** Words, in lower case, of longer names of people. */
  private final Set<String> wordsOfPersons;

  private LonePersons(TokenizedText tokens, Set<String> wordsOfPersons) {
    this.tokens = tokens;
    this.wordsOfPersons = wordsOfPersons;
  }

  /**
   * @param found the mentions of all types in the text
   */
  static LonePersons of(TokenizedText tokens, List<Mention> found) {
    return new LonePersons(tokens, wordsOfPersons(found));
  }

  /**
   * Leaves out how a contract calls its parties, such as {@code the Issuer} and {@code Lenders}: a
   * word with an article, and its plural, are persons only if they are annotated as such.
   */
  List<Mention> withoutParties(List<Mention> mentions, Predicate<String> isTrained) {
    Map<Mention, String> words = new HashMap<>();
    for (Mention mention : mentions) {
      if (mention.type().equals(ProperNames.PERSON) && isAlone(mention)) {
        words.put(mention, mention.text().toLowerCase(Locale.ROOT));
      }
    }
    Map<String, Double> articles =
        words.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getValue,
                    Collectors.averagingDouble(word -> hasArticle(word.getKey()) ? 1 : 0)));
    return mentions.stream()
        .filter(
            mention -> {
              String word = words.getOrDefault(mention, "");
              return (articles.getOrDefault(word, 0.0) < ARTICLES
                      && articles.getOrDefault(word.replaceFirst("s$", ""), 0.0) < ARTICLES)
                  || isTrained.test(mention.text());
            })
        .toList();
  }

  private boolean hasArticle(Mention mention) {
    int first = tokens.tokenAt(mention.start());
    return first > 0 && DETERMINERS.contains(tokens.word(first - 1).lower());
  }

  /** Leaves out persons of one word alone if the model is not sure of their mentions. */
  List<Mention> withoutDoubtful(List<Mention> mentions) {
    Map<String, Double> confidence =
        mentions.stream()
            .filter(mention -> mention.type().equals(ProperNames.PERSON))
            .collect(
                Collectors.groupingBy(
                    Mention::text, Collectors.averagingDouble(Mention::confidence)));
    Set<String> supported =
        mentions.stream()
            .filter(mention -> !isAlone(mention))
            .map(Mention::text)
            .collect(Collectors.toSet());
    return mentions.stream()
        .filter(
            mention ->
                confidence.getOrDefault(mention.text(), 1.0) >= SURE
                    || supported.contains(mention.text()))
        .toList();
  }

  /** Whether a name has one word, which no other name or form of address makes a person's. */
  boolean isAlone(Mention mention) {
    int first = tokens.tokenAt(mention.start());
    int before = tokens.isJoinedBy(first - 1, first - 1, ".") ? first - 2 : first - 1;
    return tokens.tokenAt(mention.end()) == first + 1
        && !wordsOfPersons.contains(tokens.word(first).lower())
        && !(before >= 0 && isAddress(tokens.word(before).lower()));
  }

  private static boolean isAddress(String word) {
    return ADDRESSES.contains(word) || PersonNames.isTitle(word);
  }

  /** The words, in lower case, of the names of persons that have several. */
  private static Set<String> wordsOfPersons(List<Mention> found) {
    return found.stream()
        .filter(mention -> mention.type().equals(ProperNames.PERSON))
        .map(mention -> mention.text().toLowerCase(Locale.ROOT).split("\\s+"))
        .filter(words -> words.length > 1)
        .flatMap(Arrays::stream)
        .collect(Collectors.toSet());
  }
}

package org.irisgraph.extract.ner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.irisgraph.graph.Mention;

/**
 * Corrects the mentions of proper names in a document: those with the same spelling get one type,
 * and parts of file names, addresses and codes are no names.
 */
final class ProperNames {

  private static final String DATE = "DATE";
  private static final String PERSON = "PERSON";

  private static final Set<String> TIMES =
      Set.of(
          """
          january february march april may june july august september october november december
          jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday
          saturday sunday mon tue wed thu fri sat sun spring summer autumn fall winter year years
          month months week weeks weekend day days hour hours minute minutes second seconds morning
          afternoon evening night noon midnight today tonight tomorrow yesterday century centuries
          decade decades millennium quarter season era age period dynasty bc bce ad ce am pm annual
          daily weekly monthly christmas easter thanksgiving ramadan halloween eve
          """
              .strip()
              .split("\\s+"));

  private final TokenizedText tokens;

  private ProperNames(TokenizedText tokens) {
    this.tokens = tokens;
  }

  /** Returns the corrected mentions, ordered by start, without overlaps. */
  static List<Mention> of(TokenizedText tokens, List<Mention> found) {
    ProperNames names = new ProperNames(tokens);
    return voted(found.stream().filter(names::isPlausible).toList());
  }

  private boolean isPlausible(Mention mention) {
    int first = tokens.tokenAt(mention.start());
    int end = tokens.tokenAt(mention.end());
    if (isJoinedBy(first, first - 1, "_@\\") || isJoinedBy(end, end, "_@\\")) {
      return false;
    }
    return !mention.type().equals(DATE) || isDate(first, end);
  }

  /** A date has a word of time, or a number that is no part of a longer one. */
  private boolean isDate(int first, int end) {
    boolean hasNumber = false;
    for (int token = first; token < end; token++) {
      Word word = tokens.word(token);
      if (TIMES.contains(word.lower())) {
        return true;
      }
      if (isDigits(token)) {
        hasNumber |= isYear(token, word.text());
      }
    }
    return hasNumber;
  }

  /** Whether there is no gap before a token, and another token is one of these symbols. */
  private boolean isJoinedBy(int gap, int token, String symbols) {
    return token >= 0
        && token < tokens.size()
        && tokens.gap(gap) == TokenizedText.JOINED
        && symbols.contains(tokens.word(token).text());
  }

  /** Whether a number may be a year, rather than a part of a longer number. */
  private boolean isYear(int token, String digits) {
    boolean inRange =
        digits.length() < 4 || (digits.length() == 4 && "12".indexOf(digits.charAt(0)) >= 0);
    return inRange
        && digits.charAt(0) != '0'
        && !(isDigits(token - 2) && isJoinedBy(token, token - 1, ".,:/"))
        && !(isDigits(token + 2) && isJoinedBy(token + 1, token + 1, ".,:/"))
        && !(isDigits(token - 2)
            && isJoinedBy(token, token - 1, "-")
            && tokens.word(token - 2).text().length() != digits.length());
  }

  private boolean isDigits(int token) {
    return token >= 0
        && token < tokens.size()
        && Character.isDigit(tokens.word(token).text().codePointAt(0));
  }

  private static List<Mention> voted(List<Mention> mentions) {
    Map<String, Map<String, Double>> votes = new HashMap<>();
    for (Mention mention : mentions) {
      votes
          .computeIfAbsent(mention.text(), none -> new TreeMap<>())
          .merge(mention.type(), mention.confidence(), Double::sum);
    }
    Map<String, String> elected = new HashMap<>();
    votes.forEach(
        (spelling, ofTypes) ->
            ofTypes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .ifPresent(most -> elected.put(spelling, most.getKey())));
    List<Mention> voted = new ArrayList<>();
    for (Mention mention : mentions) {
      String type = elected.getOrDefault(mention.text(), mention.type());
      voted.add(
          type.equals(mention.type())
              ? mention
              : new Mention(
                  mention.text(),
                  type,
                  mention.start(),
                  mention.end(),
                  mention.confidence(),
                  mention.extractor()));
    }
    return voted;
  }

  /**
   * Gives the mentions of a person the name of its fullest mention, so that they are one entity.
   *
   * @param mentions of a document, ordered by start
   */
  static List<Mention> withFullNames(List<Mention> mentions) {
    List<Mention> persons =
        mentions.stream().filter(mention -> mention.type().equals(PERSON)).toList();
    int[] fullNames = PersonNames.fullNames(persons.stream().map(Mention::name).toList());
    List<Mention> named = new ArrayList<>();
    int person = 0;
    for (Mention mention : mentions) {
      named.add(
          mention.type().equals(PERSON)
              ? named(mention, persons.get(fullNames[person++]).name())
              : mention);
    }
    return named;
  }

  private static Mention named(Mention mention, String name) {
    return new Mention(
        mention.text(),
        name,
        mention.type(),
        mention.start(),
        mention.end(),
        mention.confidence(),
        mention.extractor(),
        mention.concept());
  }
}

package org.irisgraph.extract.ner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.irisgraph.extract.Span;
import org.irisgraph.graph.Mention;

/**
 * Corrects the mentions of proper names in a document: those with the same spelling get one type,
 * and parts of file names, addresses and codes are no names.
 */
final class ProperNames {

  private static final String DATE = "DATE";
  static final String PERSON = "PERSON";

  private static final String LOCATION = "LOCATION";
  private static final String ORGANIZATION = "ORGANIZATION";

  /** The first of Unicode's miscellaneous symbols, which emoji follow. */
  private static final int FIRST_PICTOGRAPH = 0x2600;

  /** How the names of streets end. */
  private static final Set<String> STREETS =
      Set.of(
          "street",
          "st",
          "road",
          "rd",
          "lane",
          "ln",
          "avenue",
          "ave",
          "drive",
          "boulevard",
          "blvd",
          "highway",
          "hwy",
          "terrace",
          "crescent");

  /** The last words of the greeting that ends a letter in other languages. */
  private static final Set<String> CLOSINGS =
      Set.of("grüßen", "grüße", "gruß", "cordialement", "saludos", "groet", "groeten", "saluti");

  private final TokenizedText tokens;

  private final LonePersons persons;
  private final DateNames dates;

  private ProperNames(TokenizedText tokens, LonePersons persons) {
    this.tokens = tokens;
    this.persons = persons;
    this.dates = new DateNames(tokens);
  }

  /**
   * Returns the corrected mentions, ordered by start, without overlaps.
   *
   * @param isTrainedPerson whether the training documents have a name of a person
   */
  static List<Mention> of(
      TokenizedText tokens, List<Mention> found, Predicate<String> isTrainedPerson) {
    LonePersons persons = LonePersons.of(tokens, found);
    ProperNames names = new ProperNames(tokens, persons);
    List<Mention> corrected = voted(found.stream().flatMap(names::corrected).toList());
    return persons.withoutParties(persons.withoutDoubtful(corrected), isTrainedPerson);
  }

  private Stream<Mention> corrected(Mention mention) {
    int first = tokens.tokenAt(mention.start());
    int end = tokens.tokenAt(mention.end());
    if (tokens.isJoinedBy(first, first - 1, "_@\\")
        || tokens.isJoinedBy(end, end, "_@\\")
        || isInFormula(first, end)) {
      return Stream.empty();
    }
    while (end > first && isPictograph(end - 1)) {
      end--;
    }
    while (first < end && isPictograph(first)) {
      first++;
    }
    return first == end
        ? Stream.empty()
        : corrected(cut(mention, new Span(tokens.start(first), tokens.end(end - 1))), first, end);
  }

  /** Whether a name is in brackets within a word: {@code 25(OH)D}. */
  private boolean isInFormula(int first, int end) {
    return tokens.isJoinedBy(first, first - 1, "(")
        && tokens.isJoinedBy(end, end, ")")
        && tokens.gap(first - 1) == TokenizedText.JOINED
        && tokens.gap(end + 1) == TokenizedText.JOINED
        && Character.isLetterOrDigit(tokens.word(end + 1).text().codePointAt(0));
  }

  private boolean isPictograph(int token) {
    int character = tokens.word(token).text().codePointAt(0);
    return character >= FIRST_PICTOGRAPH && Character.getType(character) == Character.OTHER_SYMBOL;
  }

  private Stream<Mention> corrected(Mention mention, int first, int end) {
    return switch (mention.type()) {
      case DATE -> Stream.ofNullable(dates.date(first, end)).map(date -> cut(mention, date));
      case PERSON -> person(mention, end);
      case ORGANIZATION, LOCATION -> place(mention, first, end);
      default -> Stream.of(mention);
    };
  }

  private Stream<Mention> place(Mention mention, int first, int end) {
    if (dates.isReference(first, end)) {
      return Stream.empty();
    }
    return Stream.of(
        end == first + 1 && DateNames.isEpoch(tokens.word(first).lower())
            ? mention.withType(DATE)
            : placed(withoutPronoun(mention, first, end)));
  }

  private Stream<Mention> person(Mention mention, int end) {
    Word last = tokens.word(end - 1);
    if (CLOSINGS.contains(last.lower())) {
      return Stream.empty();
    }
    boolean date = DateNames.isDayOrMonth(last.lower()) && persons.isAlone(mention);
    return Stream.of(date ? mention.withType(DATE) : placed(mention));
  }

  /** A name after a number that ends as streets do is a place. */
  private Mention placed(Mention mention) {
    int first = tokens.tokenAt(mention.start());
    int last = tokens.tokenAt(mention.end()) - 1;
    return first > 0
            && last > first
            && tokens.start(first) == tokens.end(first - 1) + 1
            && tokens.word(first - 1).startsWithDigit()
            && STREETS.contains(tokens.word(last).lower())
        ? mention.withType(LOCATION)
        : mention;
  }

  /** Leaves out the pronoun of the clause that follows ({@code Halifax Shipyards I think}). */
  private Mention withoutPronoun(Mention mention, int first, int end) {
    return end > first + 1
            && end < tokens.size()
            && tokens.word(end - 1).text().equals("I")
            && tokens.gap(end) == TokenizedText.SPACE
            && Character.isLowerCase(tokens.word(end).text().charAt(0))
        ? cut(mention, new Span(mention.start(), tokens.end(end - 2)))
        : mention;
  }

  private Mention cut(Mention mention, Span part) {
    return part.start() == mention.start() && part.end() == mention.end()
        ? mention
        : new Mention(
            tokens.text().substring(part.start(), part.end()),
            mention.type(),
            part.start(),
            part.end(),
            mention.confidence(),
            mention.extractor());
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
      voted.add(mention.withType(type));
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

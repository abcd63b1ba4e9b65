package org.irisgraph.extract.ner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.irisgraph.extract.Abbreviation;
import org.irisgraph.extract.Abbreviations;
import org.irisgraph.graph.Mention;

/**
 * Makes the mentions of a document consistent, whatever extractor found them: a name that was found
 * at some of its occurrences is added at the others, and a short form gets the type of its long
 * form, or is hardly a name if its long form is none. Both take one pass over the text.
 */
public final class ConsistentMentions {

  /** Share of its occurrences at which a name must have been found to be added at the others. */
  private static final double SHARE = 0.2;

  /** The same for proper names: words that are names here may be none there. */
  private static final double SHARE_OF_PROPER_NAMES = 0.5;

  /** Mean confidence from which a short form is a name although its long form has none. */
  private static final double SURE = 0.8;

  /** Names of at most so many characters, and names in capitals, are matched in exact case. */
  private static final int SHORT = 4;

  private final String text;
  private final TokenizedText tokens;
  private final boolean properNames;

  /** By start; disjoint. */
  private final TreeMap<Integer, Mention> mentions = new TreeMap<>();

  private ConsistentMentions(TokenizedText tokens, boolean properNames) {
    this.properNames = properNames;
    this.text = tokens.text();
    this.tokens = tokens;
  }

  /**
   * Returns the mentions and the added ones, ordered by start, without overlaps.
   *
   * @param found mentions in the text, without overlaps
   */
  public static List<Mention> of(String text, List<Mention> found) {
    return of(TokenizedText.of(text), found, false);
  }

  /**
   * @param properNames whether capitals distinguish the names from other words
   */
  static List<Mention> of(TokenizedText tokens, List<Mention> found, boolean properNames) {
    if (found.isEmpty()) {
      return List.of();
    }
    ConsistentMentions consistent = new ConsistentMentions(tokens, properNames);
    found.forEach(mention -> consistent.mentions.put(mention.start(), mention));
    consistent.addShortForms();
    consistent.addOccurrences();
    return List.copyOf(consistent.mentions.values());
  }

  /** A name, given by the tokens of its first mention. */
  private final class Name {
    private final int first;
    private final int length;
    private final boolean exact;
    private final Map<String, Integer> types = new TreeMap<>();
    private double confidence;
    private int found;
    private final List<Integer> free = new ArrayList<>();
    private String extractor = "";

    private Name(int first, int length) {
      this.first = first;
      this.length = length;
      String spelling = text.substring(tokens.start(first), tokens.end(first + length - 1));
      this.exact = properNames || spelling.length() <= SHORT || Word.of(spelling).isCapitals();
    }

    private void add(Mention mention) {
      types.merge(mention.type(), 1, Integer::sum);
      confidence += mention.confidence();
      found++;
      extractor = mention.extractor();
    }

    private String type() {
      return types.entrySet().stream()
          .max(
              Map.Entry.<String, Integer>comparingByValue()
                  .thenComparing(Map.Entry.comparingByKey()))
          .orElseThrow()
          .getKey();
    }

    private boolean isAt(int token) {
      if (token + length > tokens.size()) {
        return false;
      }
      for (int at = 0; at < length; at++) {
        Word mine = tokens.word(first + at);
        Word other = tokens.word(token + at);
        if (exact ? !mine.text().equals(other.text()) : mine.lowerHash() != other.lowerHash()) {
          return false;
        }
        if (at > 0 && startsParagraph(token + at)) {
          return false;
        }
      }
      return true;
    }

    private boolean startsParagraph(int token) {
      return tokens.gap(token) == TokenizedText.LINE_END
          && text.substring(tokens.end(token - 1), tokens.start(token))
                  .chars()
                  .filter(c -> c == '\n')
                  .count()
              > 1;
    }

    private Mention mentionAt(int token) {
      return new Mention(
          text.substring(tokens.start(token), tokens.end(token + length - 1)),
          type(),
          tokens.start(token),
          tokens.end(token + length - 1),
          confidence / found,
          extractor);
    }
  }

  private void addOccurrences() {
    Map<Long, List<Name>> byFirstWord = new HashMap<>();
    for (Mention mention : mentions.values()) {
      addTo(byFirstWord, mention);
    }
    byFirstWord
        .values()
        .forEach(
            names -> names.sort(Comparator.<Name>comparingInt(name -> name.length).reversed()));
    int token = 0;
    while (token < tokens.size()) {
      token += freeNameAt(byFirstWord, token).map(name -> name.length).orElse(1);
    }
    double share = properNames ? SHARE_OF_PROPER_NAMES : SHARE;
    byFirstWord.values().stream()
        .flatMap(List::stream)
        .filter(name -> name.found >= share * (name.found + name.free.size()))
        .forEach(name -> name.free.forEach(at -> addIfFree(name.mentionAt(at))));
  }

  private void addTo(Map<Long, List<Name>> byFirstWord, Mention mention) {
    int first = tokens.tokenAt(mention.start());
    int end = tokens.tokenAt(mention.end());
    boolean whole =
        first < end
            && tokens.start(first) == mention.start()
            && tokens.end(end - 1) == mention.end();
    if (!whole) {
      return;
    }
    List<Name> names =
        byFirstWord.computeIfAbsent(tokens.word(first).lowerHash(), word -> new ArrayList<>());
    Name name =
        names.stream()
            .filter(known -> known.length == end - first && known.isAt(first))
            .findFirst()
            .orElseGet(
                () -> {
                  Name added = new Name(first, end - first);
                  names.add(added);
                  return added;
                });
    name.add(mention);
  }

  /** Finds the longest name that starts at a token and overlaps no mention. */
  private Optional<Name> freeNameAt(Map<Long, List<Name>> byFirstWord, int token) {
    for (Name name : byFirstWord.getOrDefault(tokens.word(token).lowerHash(), List.of())) {
      if (name.isAt(token) && isFree(tokens.start(token), tokens.end(token + name.length - 1))) {
        name.free.add(token);
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  private boolean isFree(int start, int end) {
    Map.Entry<Integer, Mention> before = mentions.lowerEntry(end);
    return before == null || before.getValue().end() <= start;
  }

  private void addIfFree(Mention mention) {
    if (isFree(mention.start(), mention.end())) {
      mentions.put(mention.start(), mention);
    }
  }

  /**
   * Adds short forms that are defined right after a mention, with its type. Other mentions of the
   * short form get this type, too. If the long form has no name at all, they are removed, unless
   * the extractor is sure of them.
   */
  private void addShortForms() {
    Map<String, String> types = new HashMap<>();
    Set<String> defined = new HashSet<>();
    Set<String> nameless = new HashSet<>();
    for (Abbreviation abbreviation : Abbreviations.find(text)) {
      Map.Entry<Integer, Mention> before = mentions.lowerEntry(abbreviation.longForm().end());
      int start = abbreviation.shortForm().start();
      int end = abbreviation.shortForm().end();
      String shortForm = text.substring(start, end);
      if (before == null || before.getValue().end() <= abbreviation.longForm().start()) {
        nameless.add(shortForm);
        continue;
      }
      defined.add(shortForm);
      Mention longForm = before.getValue();
      if (longForm.end() == abbreviation.longForm().end()) {
        types.putIfAbsent(shortForm, longForm.type());
        addIfFree(
            new Mention(
                shortForm,
                longForm.type(),
                start,
                end,
                longForm.confidence(),
                longForm.extractor()));
      }
    }
    if (!properNames) {
      nameless.removeAll(defined);
      nameless.forEach(this::removeUnlessSure);
      mentions.replaceAll(
          (start, mention) -> mention.withType(types.getOrDefault(mention.text(), mention.type())));
    }
  }

  private void removeUnlessSure(String shortForm) {
    double confidence =
        mentions.values().stream()
            .filter(mention -> mention.text().equals(shortForm))
            .mapToDouble(Mention::confidence)
            .average()
            .orElse(0);
    if (confidence < SURE) {
      mentions.values().removeIf(mention -> mention.text().equals(shortForm));
    }
  }
}

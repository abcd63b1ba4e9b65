package org.irisgraph.extract.ner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.irisgraph.graph.Mention;

/**
 * Makes the mentions of a document agree with each other, whatever extractor found them: a name
 * that was found in some of its places is a name in the others, and a short form is what its long
 * form is. Takes a pass over the text for each of the two.
 */
public final class ConsistentMentions {

  /** A name is tagged everywhere if it was found in this share of its free places. */
  private static final double SHARE = 0.2;

  /** A name of at most so many characters counts in its own spelling alone, as capitals do. */
  private static final int SHORT = 4;

  private final String text;
  private final TokenizedText tokens;

  /** By its start; disjoint. */
  private final TreeMap<Integer, Mention> mentions = new TreeMap<>();

  private ConsistentMentions(TokenizedText tokens) {
    this.text = tokens.text();
    this.tokens = tokens;
  }

  /**
   * The mentions and those that follow from them, ordered by start, without overlaps.
   *
   * @param found the mentions of the text, without overlaps
   */
  public static List<Mention> of(String text, List<Mention> found) {
    return of(TokenizedText.of(text), found);
  }

  static List<Mention> of(TokenizedText tokens, List<Mention> found) {
    if (found.isEmpty()) {
      return List.of();
    }
    ConsistentMentions consistent = new ConsistentMentions(tokens);
    found.forEach(mention -> consistent.mentions.put(mention.start(), mention));
    consistent.spreadLongForms();
    consistent.spreadNames();
    return List.copyOf(consistent.mentions.values());
  }

  /** A name, as tokens of the place where it was found first. */
  private final class Name {
    private final int first;
    private final int length;
    private final boolean exact;
    private final Map<String, Integer> types = new TreeMap<>();
    private double confidence;
    private int found;
    private final List<Integer> free = new ArrayList<>();
    private String extractor;

    private Name(int first, int length) {
      this.first = first;
      this.length = length;
      String spelling = text.substring(tokens.start(first), tokens.end(first + length - 1));
      this.exact = spelling.length() <= SHORT || Word.of(spelling).isCapitals();
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
        if (at > 0 && isTorn(token + at)) {
          return false;
        }
      }
      return true;
    }

    /** No name goes on after a blank line. */
    private boolean isTorn(int token) {
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

  private void spreadNames() {
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
      Name name = freeAt(byFirstWord, token);
      token += name == null ? 1 : name.length;
    }
    byFirstWord.values().stream()
        .flatMap(List::stream)
        .filter(name -> name.found >= SHARE * (name.found + name.free.size()))
        .forEach(name -> name.free.forEach(place -> addIfFree(name.mentionAt(place))));
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
            .orElse(null);
    if (name == null) {
      name = new Name(first, end - first);
      names.add(name);
    }
    name.add(mention);
  }

  /** The longest name that begins at the token where no mention is yet; null if there is none. */
  private Name freeAt(Map<Long, List<Name>> byFirstWord, int token) {
    for (Name name : byFirstWord.getOrDefault(tokens.word(token).lowerHash(), List.of())) {
      if (name.isAt(token) && isFree(tokens.start(token), tokens.end(token + name.length - 1))) {
        name.free.add(token);
        return name;
      }
    }
    return null;
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

  /** A short form that is introduced behind a mention is one of the same type. */
  private void spreadLongForms() {
    for (Abbreviation abbreviation : Abbreviations.find(text)) {
      Map.Entry<Integer, Mention> before = mentions.lowerEntry(abbreviation.longForm().end());
      int start = abbreviation.shortForm().start();
      int end = abbreviation.shortForm().end();
      if (before != null && before.getValue().end() == abbreviation.longForm().end()) {
        Mention longForm = before.getValue();
        addIfFree(
            new Mention(
                text.substring(start, end),
                longForm.type(),
                start,
                end,
                longForm.confidence(),
                longForm.extractor()));
      }
    }
  }
}

package org.irisgraph.extract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.irisgraph.text.FoldedText;
import org.irisgraph.text.WordBoundaries;
import org.jspecify.annotations.Nullable;

/**
 * Finds the terms of a dictionary in texts. Immutable and safe for several threads.
 *
 * <p>A term matches whole words ({@link WordBoundaries}) as {@link FoldedText} compares them: in
 * any case, with any white space, hyphens and quotation marks, in composed or decomposed
 * characters, and where invisible characters or line ends divide a word. An acronym is a term of at
 * most {@value #MAX_ACRONYM} characters with a capital after the first; it matches in its exact
 * case only: {@code AIDS} is a disease, {@code aids} a verb; {@code eGFR} is a test, {@code EGFR} a
 * gene. Of overlapping matches the leftmost counts, and of those with the same start the longest.
 */
public final class Dictionary {

  /** Longer terms match in any case, even if they are in capitals. */
  static final int MAX_ACRONYM = 5;

  private static final String FORM = ": write term, type and perhaps an id, with tabs between them";

  private final boolean greekNames;
  private final TermIndex index = new TermIndex();

  /** By their number in the index: the first term of a spelling that matches in any case. */
  private final List<@Nullable Term> words = new ArrayList<>();

  /** By their number in the index and their spelling, which is folded in all but its case. */
  private final Map<Integer, Map<String, Term>> acronyms = new HashMap<>();

  private Dictionary(boolean greekNames) {
    this.greekNames = greekNames;
  }

  /**
   * A line of a dictionary.
   *
   * @param text spelling, with one space for each run of white space
   * @param type in capitals
   * @param id identifier in the dictionary's source; empty if there is none
   */
  public record Term(String text, String type, String id) {}

  /**
   * A term at the characters {@code start} to {@code end} of a text.
   *
   * @param name how the text writes the term, in one piece
   */
  public record Match(int start, int end, Term term, String name) {}

  /** Reads a dictionary in which Greek letters and their names are different. */
  public static Dictionary parse(String name, Reader reader) throws IOException {
    return parse(name, reader, false);
  }

  /**
   * Reads lines of {@code term<TAB>type[<TAB>id]}. The first line is a header if its first column
   * is {@code term}, or starts with it and the second is {@code type}. Blank lines are skipped. If
   * a term occurs twice, the first line counts.
   *
   * @param name name of the file for messages
   * @param greekNames whether a Greek letter and its name are the same
   * @throws IllegalArgumentException if a line is malformed or there is no term; the message names
   *     the line
   */
  public static Dictionary parse(String name, Reader reader, boolean greekNames)
      throws IOException {
    BufferedReader lines = new BufferedReader(reader);
    Dictionary dictionary = new Dictionary(greekNames);
    Map<String, String> types = new HashMap<>();
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (number == 1 && line.startsWith("\uFEFF")) {
        line = line.substring(1);
      }
      if (line.isBlank() || (number == 1 && isHeader(line))) {
        continue;
      }
      Term term = term(name, number, line, types);
      String folded = FoldedText.name(term.text(), greekNames);
      if (folded.isEmpty()) {
        throw wrong(name, number, "the term has only characters that are invisible");
      }
      dictionary.add(folded, term);
    }
    if (dictionary.size() == 0) {
      throw new IllegalArgumentException(name + " has no terms" + FORM);
    }
    return dictionary;
  }

  /** Ignores repeated terms. */
  private void add(String folded, Term term) {
    int number = index.add(folded);
    if (number == words.size()) {
      words.add(null);
    }
    String spelling =
        folded.length() <= MAX_ACRONYM ? FoldedText.spelling(term.text(), greekNames) : "";
    if (spelling.codePoints().skip(1).anyMatch(Character::isUpperCase)) {
      acronyms.computeIfAbsent(number, none -> new HashMap<>(2)).putIfAbsent(spelling, term);
    } else if (words.get(number) == null) {
      words.set(number, term);
    }
  }

  /** Number of terms; terms that differ only in case count once. */
  public int size() {
    return words.size();
  }

  /** The types of its terms. */
  Set<String> types() {
    return Stream.concat(
            words.stream().filter(Objects::nonNull),
            acronyms.values().stream().flatMap(terms -> terms.values().stream()))
        .map(Term::type)
        .collect(Collectors.toSet());
  }

  /** The terms that match in any case. */
  Iterable<Term> words() {
    return () -> words.stream().filter(Objects::nonNull).iterator();
  }

  /** Whether two names are one term. */
  boolean isSame(String name, String other) {
    return folded(name).equals(folded(other));
  }

  private String folded(String name) {
    return FoldedText.name(name, greekNames);
  }

  /** The term with a name, if it matches in any case; null if there is none. */
  @Nullable Term word(String name) {
    int number = index.find(folded(name));
    return number < 0 ? null : words.get(number);
  }

  /** Returns the terms in a text, ordered by start, without overlaps. */
  public List<Match> find(CharSequence text) {
    FoldedText folded = FoldedText.hyphenated(text, greekNames);
    List<Match> matches = new ArrayList<>();
    Walk walk = new Walk(text, folded);
    int at = 0;
    while (at < folded.length()) {
      Match match = mayStart(text, folded, at) ? walk.longest(at) : null;
      if (match != null) {
        matches.add(match);
      }
      at = match == null ? at + 1 : walk.next;
    }
    return matches;
  }

  /** Looks for the longest match that starts at a folded character. */
  private final class Walk {
    private final CharSequence text;
    private final FoldedText folded;
    private int first;
    private @Nullable Match longest;

    /** The folded character after the longest match. */
    private int next;

    private Walk(CharSequence text, FoldedText folded) {
      this.text = text;
      this.folded = folded;
    }

    private @Nullable Match longest(int start) {
      first = start;
      longest = null;
      next = start + 1;
      go(start, TermIndex.START, start, hyphen -> false);
      return longest;
    }

    /** Apart from the loop, which has to be small to be fast. */
    private void goWithout(int hyphen, long hash, int word, IntPredicate dropped) {
      if (folded.isOptional(hyphen)) {
        int offset = folded.start(hyphen);
        go(hyphen + 1, hash, word + 1, at -> at == offset || dropped.test(at));
      }
    }

    /**
     * Goes on from a character, with and without each optional hyphen.
     *
     * @param hash of the characters before
     * @param wordStart where the run of letters and digits began
     * @param dropped whether the optional hyphen at an offset of the text is left out
     */
    private void go(int from, long hash, int wordStart, IntPredicate dropped) {
      long walked = hash;
      int word = wordStart;
      for (int end = from + 1; end <= folded.length(); end++) {
        walked = TermIndex.next(walked, folded.charAt(end - 1));
        if (end < folded.length() && folded.charAt(end) == '-') {
          goWithout(end, walked, word, dropped);
        }
        boolean joint = TermIndex.isJoint(folded, end);
        if (joint || isMark(text, folded, end)) {
          int number = index.find(walked);
          Match match =
              number < 0 || end < next
                  ? null
                  : match(text, folded, first, end - 1, number, dropped);
          if (match != null) {
            longest = match;
            next = end;
          }
          if (joint && number == TermIndex.NOTHING) {
            return;
          }
        }
        if (joint) {
          word = end;
        } else if (end - word >= index.longestWord()) {
          return;
        }
      }
    }
  }

  /** Whether a folded letter or digit is no such character in the text: a raised 4, say. */
  private static boolean isMark(CharSequence text, FoldedText folded, int at) {
    char original = text.charAt(folded.start(at));
    return original >= 128 && !Character.isLetterOrDigit(original);
  }

  private static boolean mayStart(CharSequence text, FoldedText folded, int at) {
    // Most positions are within words of Latin letters, which needs no look at the text.
    boolean withinWord =
        at > 0 && isLatinLetter(folded.charAt(at - 1)) && isLatinLetter(folded.charAt(at));
    return folded.charAt(at) != ' '
        && folded.startsCharacter(at)
        && (!withinWord || isDivided(folded, at))
        && WordBoundaries.isStart(text, folded.start(at));
  }

  private static boolean isLatinLetter(char character) {
    return character >= 'a' && character <= 'z';
  }

  /** Whether the original text has characters between two folded ones. */
  private static boolean isDivided(FoldedText folded, int at) {
    return folded.start(at) - folded.start(at - 1) != 1;
  }

  private @Nullable Match match(
      CharSequence text, FoldedText folded, int first, int last, int number, IntPredicate dropped) {
    int start = folded.start(first);
    int end = folded.end(last);
    if (!folded.endsCharacter(last) || !WordBoundaries.isBoundary(text, end)) {
      return null;
    }
    String name = folded.written(first, last, dropped);
    Map<String, Term> exact = acronyms.get(number);
    Term acronym =
        exact == null
            ? null
            : exact.get(FoldedText.spelling(FoldedText.collapse(name), greekNames));
    Term term = acronym == null ? words.get(number) : acronym;
    return term == null ? null : new Match(start, end, term, name);
  }

  private static boolean isHeader(String line) {
    String[] columns = line.toLowerCase(Locale.ROOT).split("\t", -1);
    boolean named = columns[0].strip().equals("term");
    boolean typed = columns.length > 1 && columns[1].strip().equals("type");
    return named || (columns[0].startsWith("term") && typed);
  }

  private static Term term(String name, int number, String line, Map<String, String> types) {
    String[] columns = line.split("\t", -1);
    String text = FoldedText.collapse(columns[0]);
    if (text.isEmpty()) {
      throw wrong(name, number, "the term is blank" + FORM);
    }
    if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
      throw wrong(name, number, "the term \"" + text + "\" has no letter and no digit");
    }
    if (columns.length < 2 || columns[1].isBlank()) {
      throw wrong(name, number, "the term \"" + text + "\" has no type" + FORM);
    }
    if (columns.length > 3) {
      throw wrong(name, number, "there are " + columns.length + " columns" + FORM);
    }
    String upper = columns[1].strip().toUpperCase(Locale.ROOT);
    String type = types.computeIfAbsent(upper, known -> known);
    return new Term(text, type, columns.length == 3 ? columns[2].strip() : "");
  }

  private static IllegalArgumentException wrong(String name, int number, String reason) {
    return new IllegalArgumentException(name + " line " + number + ": " + reason);
  }
}

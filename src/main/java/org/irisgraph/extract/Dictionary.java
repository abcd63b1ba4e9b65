package org.irisgraph.extract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  private static final Comparator<Match> LEFTMOST_LONGEST =
      Comparator.comparingInt(Match::start).thenComparing(Match::end, Comparator.reverseOrder());

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
      throw new IllegalArgumentException(name + " has no terms");
    }
    return dictionary;
  }

  /** Ignores repeated terms. */
  private void add(String folded, Term term) {
    int number = index.add(folded);
    if (number == words.size()) {
      words.add(null);
    }
    String spelling = FoldedText.spelling(term.text(), greekNames);
    if (folded.length() <= MAX_ACRONYM
        && spelling.codePoints().skip(1).anyMatch(Character::isUpperCase)) {
      acronyms.computeIfAbsent(number, none -> new HashMap<>(2)).putIfAbsent(spelling, term);
    } else if (words.get(number) == null) {
      words.set(number, term);
    }
  }

  /** Number of terms; terms that differ only in case count once. */
  public int size() {
    return words.size();
  }

  /** Returns the terms in a text, ordered by start, without overlaps. */
  public List<Match> find(CharSequence text) {
    List<FoldedText> variants = FoldedText.variants(text, greekNames);
    List<Match> matches = new ArrayList<>();
    for (FoldedText folded : variants) {
      int at = 0;
      while (at < folded.length()) {
        at = mayStart(text, folded, at) ? addLongest(text, folded, at, matches) : at + 1;
      }
    }
    return variants.size() == 1 ? matches : leftmostLongest(matches);
  }

  /** Adds the longest match that starts here, if there is one, and returns where to go on. */
  private int addLongest(CharSequence text, FoldedText folded, int first, List<Match> matches) {
    long hash = TermIndex.START;
    Match longest = null;
    int next = first + 1;
    int word = first;
    for (int end = first + 1; end <= folded.length(); end++) {
      hash = TermIndex.next(hash, folded.charAt(end - 1));
      boolean joint = TermIndex.isJoint(folded, end);
      if (joint || isMark(text, folded, end)) {
        int number = index.find(hash);
        Match match = number < 0 ? null : match(text, folded, first, end - 1, number);
        if (match != null) {
          longest = match;
          next = end;
        }
        if (joint && number == TermIndex.NOTHING) {
          break;
        }
      }
      if (joint) {
        word = end;
      } else if (end - word >= index.longestWord()) {
        break;
      }
    }
    if (longest != null) {
      matches.add(longest);
    }
    return next;
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

  /** Whether something stands between two folded characters that they do not show. */
  private static boolean isDivided(FoldedText folded, int at) {
    return folded.start(at) - folded.start(at - 1) != 1;
  }

  private @Nullable Match match(
      CharSequence text, FoldedText folded, int first, int last, int number) {
    int start = folded.start(first);
    int end = folded.end(last);
    if (!folded.endsCharacter(last) || !WordBoundaries.isBoundary(text, end)) {
      return null;
    }
    String name = folded.written(first, last);
    Map<String, Term> exact = acronyms.get(number);
    Term acronym =
        exact == null
            ? null
            : exact.get(FoldedText.spelling(FoldedText.collapse(name), greekNames));
    Term term = acronym == null ? words.get(number) : acronym;
    return term == null ? null : new Match(start, end, term, name);
  }

  private static List<Match> leftmostLongest(List<Match> matches) {
    matches.sort(LEFTMOST_LONGEST);
    List<Match> kept = new ArrayList<>(matches.size());
    int free = 0;
    for (Match match : matches) {
      if (match.start() >= free) {
        kept.add(match);
        free = match.end();
      }
    }
    return kept;
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
      throw wrong(name, number, "the term is blank");
    }
    if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
      throw wrong(name, number, "the term \"" + text + "\" has no letter and no digit");
    }
    if (columns.length < 2 || columns[1].isBlank()) {
      throw wrong(name, number, "the term \"" + text + "\" has no type");
    }
    if (columns.length > 3) {
      throw wrong(name, number, "expected term, type and id, found " + columns.length + " columns");
    }
    String upper = columns[1].strip().toUpperCase(Locale.ROOT);
    String type = types.computeIfAbsent(upper, known -> known);
    return new Term(text, type, columns.length == 3 ? columns[2].strip() : "");
  }

  private static IllegalArgumentException wrong(String name, int number, String reason) {
    return new IllegalArgumentException(name + " line " + number + ": " + reason);
  }
}

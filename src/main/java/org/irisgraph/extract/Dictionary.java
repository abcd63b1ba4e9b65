package org.irisgraph.extract;

import com.hankcs.algorithm.AhoCorasickDoubleArrayTrie;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the terms of a dictionary in texts. Immutable and safe for several threads.
 *
 * <p>A term matches whole words ({@link CharacterClasses#isWholeWords}) in any case ({@link
 * FoldedText}); a space in it matches any run of white space. An acronym is a term of at most
 * {@value #MAX_ACRONYM} characters with a capital after the first; it matches in its exact spelling
 * only: {@code AIDS} is a disease, {@code aids} a verb; {@code eGFR} is a test, {@code EGFR} a
 * gene. Of overlapping matches the leftmost counts, and of those with the same start the longest.
 */
public final class Dictionary {

  /** Longer terms match in any case, even if they are in capitals. */
  static final int MAX_ACRONYM = 5;

  private static final Comparator<Match> LEFTMOST_LONGEST =
      Comparator.comparingInt(Match::start).thenComparing(Match::end, Comparator.reverseOrder());

  private final AhoCorasickDoubleArrayTrie<Entry> trie = new AhoCorasickDoubleArrayTrie<>();

  /**
   * @param entries by folded spelling
   */
  private Dictionary(Map<String, Entry> entries) {
    trie.build(entries);
  }

  /**
   * A line of a dictionary.
   *
   * @param text spelling, with one space for each run of white space
   * @param type in capitals
   * @param id identifier in the dictionary's source; empty if there is none
   */
  public record Term(String text, String type, String id) {}

  /** A term at the characters {@code start} to {@code end} of a text. */
  public record Match(int start, int end, Term term) {}

  /** The terms that share a folded spelling. */
  private static final class Entry {
    private final Map<String, Term> acronyms = new HashMap<>(0);

    /** The first term that matches in any case. */
    private @Nullable Term word;

    /** Ignores repeated terms. */
    private void add(Term term) {
      if (isAcronym(term.text())) {
        acronyms.putIfAbsent(term.text(), term);
      } else if (word == null) {
        word = term;
      }
    }

    /** The acronym with exactly this spelling, else the term for all spellings, else null. */
    private @Nullable Term term(CharSequence spelling) {
      Term acronym = acronyms.isEmpty() ? null : acronyms.get(FoldedText.collapse(spelling));
      return acronym == null ? word : acronym;
    }

    private static boolean isAcronym(String text) {
      return text.length() <= MAX_ACRONYM && text.chars().skip(1).anyMatch(Character::isUpperCase);
    }
  }

  /**
   * Reads lines of {@code term<TAB>type[<TAB>id]}. The first line is a header if its first column
   * is {@code term}, or starts with it and the second is {@code type}. Blank lines are skipped. If
   * a term occurs twice, the first line counts.
   *
   * @param name name of the file for messages
   * @throws IllegalArgumentException if a line is malformed or there is no term; the message names
   *     the line
   */
  public static Dictionary parse(String name, Reader reader) throws IOException {
    BufferedReader lines = new BufferedReader(reader);
    Map<String, Entry> entries = new TreeMap<>();
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (number == 1 && line.startsWith("\uFEFF")) {
        line = line.substring(1);
      }
      if (line.isBlank() || (number == 1 && isHeader(line))) {
        continue;
      }
      Term term = term(name, number, line);
      String folded = FoldedText.of(term.text()).toString();
      entries.computeIfAbsent(folded, spelling -> new Entry()).add(term);
    }
    if (entries.isEmpty()) {
      throw new IllegalArgumentException(name + " has no terms");
    }
    return new Dictionary(entries);
  }

  /** Number of terms; terms that differ only in case count once. */
  public int size() {
    return trie.size();
  }

  /** Returns the terms in a text, ordered by start, without overlaps. */
  public List<Match> find(CharSequence text) {
    FoldedText folded = FoldedText.of(text);
    List<Match> matches = new ArrayList<>();
    trie.parseText(
        folded,
        (begin, end, entry) -> {
          int start = folded.offset(begin);
          int stop = folded.offset(end - 1) + 1;
          if (CharacterClasses.isWholeWords(text, start, stop)) {
            Term term = entry.term(text.subSequence(start, stop));
            if (term != null) {
              matches.add(new Match(start, stop, term));
            }
          }
        });
    return leftmostLongest(matches);
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

  private static Term term(String name, int number, String line) {
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
    String type = columns[1].strip().toUpperCase(Locale.ROOT);
    return new Term(text, type, columns.length == 3 ? columns[2].strip() : "");
  }

  private static IllegalArgumentException wrong(String name, int number, String reason) {
    return new IllegalArgumentException(name + " line " + number + ": " + reason);
  }
}

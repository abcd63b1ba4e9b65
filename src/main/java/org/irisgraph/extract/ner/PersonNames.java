package org.irisgraph.extract.ner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Joins the mentions of a person in a document: a part of a name ({@code Obama}, {@code Mr. Obama})
 * becomes the full name that is mentioned ({@code Barack Obama}).
 *
 * <p>A part is taken for the last full name before it that has it as its last name, else as another
 * of its names, else for the first such full name after it. If that is a part of a fuller one, it
 * is taken for the fuller one.
 */
final class PersonNames {

  /** Raise when other mentions get other names, or {@link ProperNames} corrects others. */
  static final int VERSION = 6;

  private static final Pattern GAP = Pattern.compile("[\\s.]+");

  private static final Set<String> TITLES =
      Set.of(
          "mr",
          "mrs",
          "ms",
          "miss",
          "dr",
          "prof",
          "professor",
          "sir",
          "lord",
          "lady",
          "dame",
          "president",
          "senator",
          "judge",
          "captain",
          "general",
          "king",
          "queen",
          "prince",
          "princess",
          "pope",
          "saint",
          "st",
          "rev",
          "father",
          "councillor",
          "mayor");

  /** Parts of a name that say nothing alone. */
  private static final Set<String> SUFFIXES = Set.of("jr", "sr", "ii", "iii", "iv");

  private PersonNames() {}

  /** Whether a word in lower case is a title. */
  static boolean isTitle(String word) {
    return TITLES.contains(word);
  }

  /**
   * Returns for each mention the index of the mention with its full name; its own if there is none.
   *
   * @param mentions names of people in the order of the document
   */
  static int[] fullNames(List<String> mentions) {
    List<List<String>> words = mentions.stream().map(PersonNames::words).toList();
    Map<String, Map<List<String>, NavigableSet<Integer>>> byWord = new HashMap<>();
    for (int mention = 0; mention < words.size(); mention++) {
      List<String> full = words.get(mention);
      if (full.size() > 1) {
        for (String word : Set.copyOf(full)) {
          byWord
              .computeIfAbsent(word, first -> new HashMap<>())
              .computeIfAbsent(full, first -> new TreeSet<>())
              .add(mention);
        }
      }
    }
    int[] fullNames = new int[mentions.size()];
    for (int mention = 0; mention < fullNames.length; mention++) {
      List<String> part = words.get(mention);
      fullNames[mention] =
          part.isEmpty()
              ? mention
              : fullName(part, mention, byWord.getOrDefault(part.get(0), Map.of()));
    }
    for (int mention = 0; mention < fullNames.length; mention++) {
      while (fullNames[fullNames[mention]] != fullNames[mention]) {
        fullNames[mention] = fullNames[fullNames[mention]];
      }
    }
    return fullNames;
  }

  /**
   * @param candidates the mentions of each full name
   */
  private static int fullName(
      List<String> part, int mention, Map<List<String>, NavigableSet<Integer>> candidates) {
    int best = mention;
    int bestRank = 0;
    for (Map.Entry<List<String>, NavigableSet<Integer>> full : candidates.entrySet()) {
      Integer before = full.getValue().lower(mention);
      int other = before == null ? full.getValue().first() : before;
      int rank = rank(full.getKey(), part, before != null);
      boolean isNearer = before == null ? other < best : other > best;
      if (rank > bestRank || (rank > 0 && rank == bestRank && isNearer)) {
        best = other;
        bestRank = rank;
      }
    }
    return best;
  }

  /** How well a part fits a full name: 0 if not at all. */
  private static int rank(List<String> full, List<String> part, boolean before) {
    if (full.size() <= part.size() || full.size() < 2) {
      return 0;
    }
    int size = full.size();
    boolean isEnd = full.subList(size - part.size(), size).equals(part);
    boolean isStart = full.subList(0, part.size()).equals(part);
    boolean isAround =
        part.size() > 1
            && full.get(0).equals(part.get(0))
            && full.get(size - 1).equals(part.get(part.size() - 1));
    if (!isEnd && !isStart && !isAround) {
      return 0;
    }
    return 1 + (isEnd || isAround ? 1 : 0) + (before ? 2 : 0);
  }

  private static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    for (String word : GAP.split(name.toLowerCase(Locale.ROOT), -1)) {
      String plain = word.replaceAll("(?:['’]s|['’])$|[,\"“”()]", "");
      if (!plain.isEmpty()
          && !SUFFIXES.contains(plain)
          && !(words.isEmpty() && TITLES.contains(plain))) {
        words.add(plain);
      }
    }
    return words;
  }
}

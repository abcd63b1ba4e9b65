package org.irisgraph.ask;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the names that are most similar to one that does not exist. */
final class NearestNames {

  /** Names that follow each beginning in the order of the index. */
  private static final int CANDIDATES = 300;

  /** Names that follow each beginning with another first letter. */
  private static final int GUESSED_CANDIDATES = 20;

  /** Characters of the sought name that follow a guessed first letter. */
  private static final int REST = 4;

  private static final int MOST = 5;

  /** Three bytes each: IRIS cannot sort by longer texts. */
  private static final int MOST_CHARACTERS = 140;

  private final String sought;
  private final int mostChanges;
  private final LevenshteinDistance distance;

  /** Receives the names found, and how far they are. */
  private final Map<String, Integer> changes;

  private NearestNames(String sought, Map<String, Integer> changes) {
    this.sought = sought;
    this.mostChanges = Math.max(1, (sought.length() + 1) / 3);
    this.distance = new LevenshteinDistance(mostChanges);
    this.changes = changes;
  }

  /** The names from a parameter on, in their order, without those that are very long. */
  static String from(String column) {
    return "%1$s >= ? AND CHAR_LENGTH(%1$s) <= %2$s ORDER BY %1$s"
        .formatted(column, MOST_CHARACTERS);
  }

  /**
   * The names with the fewest changes to the one that is not there, at most a third of its
   * characters, then those that begin with it. Names with another first letter are looked for only
   * if no name is near, by each letter of the alphabet: to find all would mean to read all names.
   */
  static List<String> of(Connection connection, Nodes nodes, String name) throws SQLException {
    String sought = name.strip().toLowerCase(Locale.ROOT);
    if (sought.isEmpty()) {
      return List.of();
    }
    Set<String> beginnings = new TreeSet<>();
    for (String spelling : Spellings.of(sought)) {
      int all = spelling.length();
      for (int length : new int[] {1, 2, 3, all / 2, all - 1, all}) {
        if (length > 0 && length <= all) {
          beginnings.add(spelling.substring(0, length));
        }
      }
    }
    Map<String, Integer> changes = new TreeMap<>();
    NearestNames found = new NearestNames(sought, changes);
    for (String beginning : beginnings) {
      nodes.namesFrom(connection, beginning, CANDIDATES).forEach(found::add);
    }
    if (changes.entrySet().stream()
        .noneMatch(near -> near.getValue() <= 1 || found.beginsWith(near.getKey()))) {
      for (String beginning : otherBeginnings(sought)) {
        nodes.namesFrom(connection, beginning, GUESSED_CANDIDATES).forEach(found::add);
      }
    }
    return changes.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .limit(MOST)
        .toList();
  }

  /** With each letter instead of the first, and before it. */
  private static Set<String> otherBeginnings(String sought) {
    Set<String> beginnings = new TreeSet<>();
    if (sought.length() > REST) {
      for (char letter = 'a'; letter <= 'z'; letter++) {
        beginnings.addAll(Spellings.of(letter + sought.substring(1, 1 + REST)));
        beginnings.addAll(Spellings.of(letter + sought.substring(0, REST)));
      }
    }
    return beginnings;
  }

  private boolean beginsWith(String candidate) {
    return candidate.toLowerCase(Locale.ROOT).startsWith(sought);
  }

  private void add(String candidate) {
    String lower = candidate.toLowerCase(Locale.ROOT);
    int count = distance.apply(lower, sought);
    if (count >= 0) {
      changes.put(candidate, count);
    } else if (sought.length() > 1 && beginsWith(candidate)) {
      changes.put(candidate, mostChanges + lower.length() - sought.length());
    }
  }
}

package org.irisgraph.ask;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the names that are most similar to one that does not exist. */
final class NearestNames {

  /** Names that follow each beginning in the order of the index. */
  private static final int CANDIDATES = 300;

  private static final int MOST = 5;

  /** Three bytes each: IRIS cannot sort by longer texts. */
  private static final int MOST_CHARACTERS = 140;

  private NearestNames() {}

  /** The names from a parameter on, in their order, without those that are very long. */
  static String from(String column) {
    return "%1$s >= ? AND CHAR_LENGTH(%1$s) <= %2$s ORDER BY %1$s"
        .formatted(column, MOST_CHARACTERS);
  }

  /**
   * The names with the fewest changes to the one that is not there, at most a third of its
   * characters. They share its first character: all others would mean to read all names.
   */
  static List<String> of(Connection connection, Nodes nodes, String name) throws SQLException {
    String sought = name.strip().toLowerCase(Locale.ROOT);
    if (sought.isEmpty()) {
      return List.of();
    }
    TreeSet<String> beginnings = new TreeSet<>();
    for (String spelling : Spellings.of(sought)) {
      for (int length : new int[] {1, 2, 3, spelling.length() / 2, spelling.length() - 1}) {
        if (length > 0 && length <= spelling.length()) {
          beginnings.add(spelling.substring(0, length));
        }
      }
    }
    int mostChanges = Math.max(1, (sought.length() + 1) / 3);
    LevenshteinDistance distance = new LevenshteinDistance(mostChanges);
    Map<String, Integer> changes = new TreeMap<>();
    for (String beginning : beginnings) {
      for (String candidate : nodes.namesFrom(connection, beginning, CANDIDATES)) {
        int count = distance.apply(candidate.toLowerCase(Locale.ROOT), sought);
        if (count >= 0) {
          changes.put(candidate, count);
        }
      }
    }
    return changes.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .limit(MOST)
        .toList();
  }
}

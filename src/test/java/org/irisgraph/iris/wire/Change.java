package org.irisgraph.iris.wire;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A statement that changes rows of a table.
 *
 * @param table in lower case
 * @param locks whether it locks the rows that it changes
 * @param indexes whether it keeps the indexes other than the key's
 */
record Change(String table, boolean locks, boolean indexes) {
  private static final Set<String> BEFORE_THE_TABLE =
      Set.of("INSERT", "OR", "UPDATE", "INTO", "DELETE", "FROM");

  static Optional<Change> of(String sql) {
    List<String> tokens = SqlTokens.of(sql);
    if (!Set.of("INSERT", "UPDATE", "DELETE").contains(upper(tokens.get(0)))) {
      return Optional.empty();
    }
    boolean locks = true;
    boolean indexes = true;
    int i = 0;
    while (i < tokens.size()
        && (BEFORE_THE_TABLE.contains(upper(tokens.get(i))) || tokens.get(i).startsWith("%"))) {
      locks &= !upper(tokens.get(i)).equals("%NOLOCK");
      indexes &= !upper(tokens.get(i)).equals("%NOINDEX");
      i++;
    }
    StringBuilder table = new StringBuilder(tokens.get(i));
    if (i + 2 < tokens.size() && tokens.get(i + 1).equals(".")) {
      table.append('.').append(tokens.get(i + 2));
    }
    return Optional.of(new Change(table.toString().toLowerCase(Locale.ROOT), locks, indexes));
  }

  private static String upper(String token) {
    return token.toUpperCase(Locale.ROOT);
  }
}

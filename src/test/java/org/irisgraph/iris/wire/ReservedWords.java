package org.irisgraph.iris.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The words that are no names unless they are quoted, in {@code iris-reserved-words.txt}. The
 * driver knows them, too: it writes exactly these in capitals in a statement that it prepares.
 */
public final class ReservedWords {
  private static final Set<String> WORDS = load();

  /** What may precede a name, beside the beginning of a list. */
  private static final Set<String> BEFORE_A_NAME =
      Set.of("(", ",", "SELECT", "DISTINCT", "BY", "SET", "WHERE", "AND", "OR", "ON", "AS");

  /** What may follow a name. */
  private static final Set<String> AFTER_A_NAME =
      Set.of(
          ",", ")", "=", "<", ">", "<=", ">=", "<>", "FROM", "IN", "IS", "LIKE", "AND", "OR", "ASC",
          "DESC");

  /** Reserved words that are values, or types in the arguments of a function. */
  private static final Set<String> VALUES =
      Set.of(
          "DEFAULT",
          "CURRENT_DATE",
          "CURRENT_TIME",
          "CURRENT_TIMESTAMP",
          "SYSDATE",
          "CHAR",
          "DECIMAL",
          "DOUBLE",
          "FLOAT",
          "INT",
          "INTEGER",
          "NUMERIC",
          "REAL",
          "VARCHAR");

  /** Reserved words that begin an element of a table's definition. */
  private static final Set<String> CONSTRAINTS =
      Set.of("PRIMARY", "UNIQUE", "FOREIGN", "CONSTRAINT", "CHECK");

  private ReservedWords() {}

  /** All of them, in capitals. */
  public static Set<String> all() {
    return WORDS;
  }

  static boolean contains(String word) {
    return WORDS.contains(word.toUpperCase(Locale.ROOT));
  }

  /** The first reserved word that a statement uses as a name without quotes. */
  static Optional<String> usedAsName(String sql) {
    List<String> tokens = SqlTokens.of(sql);
    boolean defines =
        tokens.size() > 2
            && tokens.get(0).equalsIgnoreCase("CREATE")
            && tokens.get(1).equalsIgnoreCase("TABLE");
    for (int i = 1; i < tokens.size(); i++) {
      String token = tokens.get(i).toUpperCase(Locale.ROOT);
      if (!WORDS.contains(token) || VALUES.contains(token)) {
        continue;
      }
      String before = tokens.get(i - 1).toUpperCase(Locale.ROOT);
      String after = i + 1 < tokens.size() ? tokens.get(i + 1).toUpperCase(Locale.ROOT) : ")";
      boolean isName =
          defines
              ? Set.of("(", ",").contains(before)
                  && !CONSTRAINTS.contains(token)
                  && SqlTokens.isWord(after)
              : before.equals(".")
                  || (BEFORE_A_NAME.contains(before) && AFTER_A_NAME.contains(after));
      if (isName) {
        return Optional.of(tokens.get(i));
      }
    }
    return Optional.empty();
  }

  private static Set<String> load() {
    try (InputStream words = ReservedWords.class.getResourceAsStream("/iris-reserved-words.txt")) {
      return Arrays.stream(new String(words.readAllBytes(), StandardCharsets.UTF_8).split("\\s+"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

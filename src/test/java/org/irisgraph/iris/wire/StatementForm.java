package org.irisgraph.iris.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Generalises statements: names, values and the lengths of lists do not count. Two statements of
 * one form differ in nothing that could make the server accept one and refuse the other.
 *
 * <pre>
 * SELECT a, b FROM s.t WHERE k IN (?, ?, ?)  →  SELECT name FROM name WHERE name IN ( ? )
 * CREATE TABLE s.t (k VARCHAR(64) NOT NULL)  →  CREATE TABLE name ( … )
 *                                               … name VARCHAR ( n ) NOT NULL
 * </pre>
 */
final class StatementForm {
  /** Precedes an element of a table's definition, which is a form of its own. */
  static final String ELEMENT = "… ";

  /** The alias of a query that a user gave as the input: it is not a statement of ours. */
  private static final String USERS_QUERY = "q";

  /** Words that are part of a form although they may be used as names. */
  private static final Set<String> OTHER_KEYWORDS =
      Set.of(
          "%LIBRARY",
          "%NOJOURN",
          "BIGINT",
          "BUILD",
          "HNSW",
          "IF",
          "INDEX",
          "KEY",
          "LONGVARCHAR",
          "NULL",
          "ORDER",
          "POSITION",
          "SAVEPOINT",
          "TIMESTAMP",
          "TO_VECTOR",
          "VECTOR",
          "VECTOR_DOT_PRODUCT",
          "VIEW");

  private static final Pattern DEFINITION =
      Pattern.compile("(CREATE TABLE (?:IF NOT EXISTS )?name) \\( (.*) \\)");

  /** An element and its repetition. */
  private static final Pattern REPEATED =
      Pattern.compile(
          "(?<=^|[ (])(?:(name|\\?|\\w+ \\( [^()]* \\)|name = \\?) , \\1"
              + "|(name = \\?|LOWER \\( name \\) = \\?) AND \\2)(?= |$)");

  private StatementForm() {}

  /** The forms of a statement: one, and those of the elements where it defines a table. */
  static List<String> of(String sql) {
    String form = withoutRepetition(generalised(SqlTokens.of(sql)));
    Matcher definition = DEFINITION.matcher(form);
    if (!definition.matches()) {
      return List.of(form);
    }
    return Stream.concat(
            Stream.of(definition.group(1) + " ( … )"),
            elements(definition.group(2)).stream().map(element -> ELEMENT + element).distinct())
        .toList();
  }

  private static String generalised(List<String> tokens) {
    List<String> form = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      if (token.equals(USERS_QUERY) && i > 0 && tokens.get(i - 1).equals(")")) {
        List<String> query = removeGroup(form);
        // Documented (DocBook RSQL_order): a subquery is ordered only where it has a TOP.
        boolean isOrdered = query.contains("ORDER") && !query.contains("TOP");
        form.add(isOrdered ? "query ORDER BY" : "query");
      } else if (token.equals(".")
          && form.get(form.size() - 1).equals("name")
          && !isUnqualified(form)) {
        i++;
      } else if (token.equals("n") && isNumber(tokens, i)) {
        form.add("n");
      } else {
        form.add(generalised(token));
      }
    }
    return String.join(" ", form);
  }

  /**
   * Whether the last name is one that has no qualifier. Documented (DocBook RSQL_createindex): the
   * name of an index is an identifier, which is unique in its table. A choice: neither has a column
   * of SET.
   */
  private static boolean isUnqualified(List<String> form) {
    String before = form.size() < 2 ? "" : form.get(form.size() - 2);
    boolean isSet = form.lastIndexOf("SET") > form.lastIndexOf("WHERE");
    return before.equals("INDEX") || (isSet && Set.of("SET", ",").contains(before));
  }

  /** Whether an n is that of a form, whose form is the same, and no alias. */
  private static boolean isNumber(List<String> tokens, int i) {
    boolean isOperand = i > 0 && Set.of(",", "(", "+", "-", "=", "BY").contains(tokens.get(i - 1));
    return isOperand && !(i + 1 < tokens.size() && tokens.get(i + 1).equals("."));
  }

  private static String generalised(String token) {
    String upper = token.toUpperCase(Locale.ROOT);
    if (token.startsWith("\"")) {
      return "name";
    }
    if (token.startsWith("'") || Character.isDigit(token.charAt(0))) {
      return token.startsWith("'") ? "'text'" : "n";
    }
    if (!SqlTokens.isWord(token)) {
      return token;
    }
    boolean isPart = ReservedWords.contains(upper) || OTHER_KEYWORDS.contains(upper);
    return isPart ? upper : "name";
  }

  /** Removes the parenthesis that ends the form so far, and returns what was in it. */
  private static List<String> removeGroup(List<String> form) {
    List<String> group = new ArrayList<>();
    int depth = 0;
    do {
      String last = form.remove(form.size() - 1);
      depth += last.equals(")") ? 1 : last.equals("(") ? -1 : 0;
      group.add(last);
    } while (depth > 0);
    return group;
  }

  private static String withoutRepetition(String form) {
    String result = form.replaceAll("\\?(?: , \\?)+", "?").replaceAll("name(?: , name)+", "name");
    String before;
    do {
      before = result;
      result = REPEATED.matcher(result).replaceAll("$1$2");
    } while (!result.equals(before));
    return result;
  }

  /** The elements of a list, split at the commas outside parentheses. */
  private static List<String> elements(String list) {
    List<String> elements = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        elements.add(list.substring(start, i).strip());
        start = i + 1;
      }
    }
    elements.add(list.substring(start).strip());
    return elements.stream().collect(Collectors.toList());
  }
}

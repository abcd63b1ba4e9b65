package org.irisgraph.table;

import java.util.Locale;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A table or a query, as somebody asks for it.
 *
 * @param input a table, {@code SCHEMA.TABLE}, or a query that begins with SELECT or WITH
 * @param name what the origins of its documents name
 * @param columns which columns mean what
 * @param documents the table of documents, if it is in the same database: what names it is indexed
 *     in place
 * @param maxDocumentBytes the size above which a document is refused
 */
public record TableRequest(
    String input,
    String name,
    ColumnNames columns,
    @Nullable String documents,
    int maxDocumentBytes) {

  private static final Pattern QUERY =
      Pattern.compile("\\s*(SELECT|WITH)\\s.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern TABLE =
      Pattern.compile("[A-Za-z][A-Za-z0-9_]*\\.[A-Za-z][A-Za-z0-9_]*");

  /** Whether a text is a query. */
  public static boolean isQuery(String input) {
    return QUERY.matcher(input).matches();
  }

  /** Whether a text names a table. */
  public static boolean isTable(String input) {
    return TABLE.matcher(input.strip()).matches();
  }

  /**
   * Whether its documents are rows of the table of documents, which are not to be written again: it
   * is that table, or a query in which it occurs.
   */
  public boolean isInPlace() {
    if (documents == null) {
      return false;
    }
    if (!isQuery(input)) {
      return input.strip().equalsIgnoreCase(documents);
    }
    int dot = documents.indexOf('.');
    String schema = documents.substring(0, dot);
    // Without a schema it is taken for that table, whatever the database's default is.
    return Pattern.compile(
            "(?:(\\w+)\"?\\s*\\.\\s*)?\"?\\b%s\\b".formatted(documents.substring(dot + 1)),
            Pattern.CASE_INSENSITIVE)
        .matcher(input)
        .results()
        .anyMatch(found -> found.group(1) == null || found.group(1).equalsIgnoreCase(schema));
  }

  /** What stands behind FROM. */
  String from() {
    return isQuery(input)
        ? "(" + input.strip().replaceFirst("[;\\s]+\\z", "") + "\n) q"
        : input.strip();
  }

  /** Whether this is the column of that name. */
  static boolean isSame(String column, String name) {
    return column.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT));
  }
}

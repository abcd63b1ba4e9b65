package org.irisgraph.table;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The table or query that a user wants to read.
 *
 * @param input a table, {@code SCHEMA.TABLE}, or a query that begins with SELECT or WITH
 * @param name the source of its documents' origins
 * @param columns the names of the columns
 * @param documents the target's table of documents, if it is in the same database: input that names
 *     it is indexed in place; else null
 * @param maxDocumentBytes the maximum size of a document
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
   * Whether the documents are rows of the target's table of documents, which must not be written
   * again: the input is that table or a query that names it.
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
    // Without a schema it counts as that table, whatever the default schema is.
    return Pattern.compile(
            "(?:(\\w+)\"?\\s*\\.\\s*)?\"?\\b%s\\b".formatted(documents.substring(dot + 1)),
            Pattern.CASE_INSENSITIVE)
        .matcher(input)
        .results()
        .anyMatch(found -> found.group(1) == null || found.group(1).equalsIgnoreCase(schema));
  }

  /** The FROM clause. */
  String from() {
    return isQuery(input)
        ? "(" + input.strip().replaceFirst("[;\\s]+\\z", "") + "\n) q"
        : input.strip();
  }

  /** Whether a column has a name, ignoring case. */
  static boolean isSame(String column, String name) {
    return column.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT));
  }
}

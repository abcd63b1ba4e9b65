package org.irisgraph.document.format;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;

/**
 * Names the columns of a CSV file that hold the id, the text and the title.
 *
 * @param title the column may be missing in a file
 * @param delimiter the separator of fields, or 0: a tab in files that end in {@code .tsv}, else a
 *     comma
 */
public record CsvLayout(String id, String text, String title, char delimiter)
    implements Serializable {

  /** Columns {@code id}, {@code text} and {@code title}. */
  public static final CsvLayout DEFAULT = new CsvLayout("id", "text", "title", (char) 0);

  /**
   * Checks the names and the delimiter.
   *
   * @throws IllegalArgumentException if not
   */
  public CsvLayout {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(title, "title");
    if (id.equals(text)) {
      throw new IllegalArgumentException(
          "csvIdColumn and csvTextColumn must be different columns, not both \"%s\"".formatted(id));
    }
    if (delimiter == '"' || delimiter == '\n' || delimiter == '\r' || delimiter > 0x7E) {
      throw new IllegalArgumentException(
          "csvDelimiter must be an ASCII character, neither a quote nor the end of a line");
    }
  }

  /**
   * The separator of the fields of a file.
   *
   * @param path its path, without the ending of compressed files
   */
  char delimiterOf(String path) {
    if (delimiter != 0) {
      return delimiter;
    }
    return path.toLowerCase(Locale.ROOT).endsWith(".tsv") ? '\t' : ',';
  }
}

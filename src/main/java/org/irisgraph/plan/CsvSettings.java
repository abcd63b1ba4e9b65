package org.irisgraph.plan;

import java.util.List;
import org.irisgraph.document.format.CsvLayout;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.UsageException;

/** What the options say of CSV files. */
final class CsvSettings {

  private CsvSettings() {}

  /**
   * The columns, and what stands between them.
   *
   * @throws UsageException if they cannot be read in this way
   */
  static CsvLayout layout(IndexingOptions options) {
    try {
      return new CsvLayout(
          options.getCsvIdColumn(),
          options.getCsvTextColumn(),
          options.getCsvTitleColumn(),
          delimiter(options.getCsvDelimiter()));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  /** What is wrong with the options, one line each. */
  static List<String> problems(IndexingOptions options) {
    try {
      layout(options);
      return List.of();
    } catch (UsageException e) {
      return e.problems();
    }
  }

  private static char delimiter(String text) {
    if (text == null) {
      return 0;
    }
    if (text.equals("\\t")) {
      return '\t';
    }
    if (text.length() != 1 || text.charAt(0) == 0) {
      throw new UsageException(
          "csvDelimiter must be one character, or \\t for a tab, not \"%s\"".formatted(text));
    }
    return text.charAt(0);
  }
}

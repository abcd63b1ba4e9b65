package org.irisgraph.plan;

import org.irisgraph.base.ErrorText;
import org.irisgraph.document.format.CsvLayout;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.UsageException;
import org.jspecify.annotations.Nullable;

/** The layout of CSV files, from the options that begin with {@code csv}. */
final class CsvSettings {

  private CsvSettings() {}

  /**
   * Returns the columns and the delimiter.
   *
   * @throws UsageException if they contradict each other
   */
  static CsvLayout layout(IndexingOptions options) {
    try {
      return new CsvLayout(
          options.getCsvIdColumn(),
          options.getCsvTextColumn(),
          options.getCsvTitleColumn(),
          delimiter(options.getCsvDelimiter()));
    } catch (IllegalArgumentException e) {
      throw new UsageException(ErrorText.of(e));
    }
  }

  /** The delimiter; 0 for that of each file's ending. */
  private static char delimiter(@Nullable String text) {
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

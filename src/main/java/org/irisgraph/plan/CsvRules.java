package org.irisgraph.plan;

import java.util.List;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.UsageException;

/** Checks columns and delimiter of CSV files. */
final class CsvRules {

  private CsvRules() {}

  static void check(IndexingOptions options, List<String> problems) {
    try {
      CsvSettings.layout(options);
    } catch (UsageException e) {
      problems.addAll(e.problems());
    }
  }
}

package org.irisgraph.plan;

import java.util.List;
import org.irisgraph.files.OutputPath;
import org.irisgraph.options.DatabaseUrl;
import org.irisgraph.options.IndexingOptions;

/** Checks that the files of the run can be written. */
final class OutputRules {

  private OutputRules() {}

  static void check(IndexingOptions options, List<String> problems) {
    if (options.getSummary() != null) {
      new OutputPath("summary", options.getSummary()).problemOfFile().ifPresent(problems::add);
    }
    if (options.getReport() != null) {
      new OutputPath("report", options.getReport()).problemOfFile().ifPresent(problems::add);
    }
    if (options.getDeadLetters() != null
        && !options.getDeadLetters().equals(DeadLetterPlace.NONE)) {
      new OutputPath("deadLetters", options.getDeadLetters())
          .problemOfDirectory()
          .ifPresent(problems::add);
    }
    checkDatabase(options, problems);
  }

  static void checkDatabase(IndexingOptions options, List<String> problems) {
    new DatabaseUrl(options.getJdbcUrl())
        .file()
        .flatMap(file -> new OutputPath("jdbcUrl", file).problemOfFile())
        .ifPresent(problems::add);
  }
}

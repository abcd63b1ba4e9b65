package org.irisgraph.plan;

import java.util.List;
import org.irisgraph.jdbc.Dialects;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.InsideFlink;
import org.irisgraph.options.RunnerKind;

/** Checks what the runner makes possible, and what a run over a part of the input does. */
final class RunnerRules {

  private RunnerRules() {}

  static void check(IndexingOptions options, boolean partOfInput, List<String> problems) {
    if (RunnerKind.isRemoteFlink(options)) {
      checkReachable("jdbcUrl", options.getJdbcUrl(), problems);
      if (JdbcInput.isSet(options)) {
        checkReachable("jdbcInputUrl", JdbcInput.url(options), problems);
      }
    }
    if (InsideFlink.isInsideFlink() && (options.isDeleteMissing() || partOfInput)) {
      problems.add(
          "replay and deleteMissing need a run that waits for its end: start it from the command"
              + " line, with flinkMaster=host:port");
    }
    if (partOfInput && options.isEstimateOnly()) {
      problems.add("estimateOnly is for index, which reads all the input");
    }
    if (partOfInput && options.isDeleteMissing()) {
      problems.add(
          "deleteMissing is for runs that read all the input; this one reads a part: add"
              + " --deleteMissing=false");
    }
  }

  private static void checkReachable(String option, String url, List<String> problems) {
    if (Dialects.isEmbedded(url)) {
      problems.add(
          "the workers of a Flink cluster cannot reach the embedded database %s: set %s to a database server, or flinkMaster=[local]"
              .formatted(url, option));
    }
  }
}

package org.irisgraph.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.RunnerKind;

/** Checks the interval of a watching run, and that nothing in its settings needs an end. */
final class WatchRules {

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofHours(24);

  private WatchRules() {}

  static void check(IndexingOptions options, List<String> problems) {
    if (!WatchSettings.isSet(options)) {
      return;
    }
    Optional<Duration> interval = WatchSettings.interval(options);
    if (interval.isEmpty()) {
      problems.add(
          "watch must be a whole number with a unit of ms, s, m or h, as in 30s, not \"%s\""
              .formatted(options.getWatch()));
    } else if (interval.get().compareTo(SHORTEST) < 0 || interval.get().compareTo(LONGEST) > 0) {
      problems.add("watch must be between 100ms and 24h");
    }
    if (!RunnerKind.isEmbeddedFlink(options)) {
      problems.add(
          "watch needs Flink inside this JVM, which keeps what it reads out of memory and can be"
              + " stopped: add runner-configs/flink-local.yaml");
    }
    if (options.isDeleteMissing()) {
      problems.add(
          "deleteMissing is for runs that read all of the input, which a watching run never has:"
              + " leave it out, and run index with deleteMissing and without watch from time to"
              + " time");
    }
    if (options.isDeferIndexes()) {
      problems.add(
          "deferIndexes is for runs that end: a watching run would never build the indexes; leave"
              + " it out");
    }
    if (options.getWriteMode() == WriteMode.INSERT) {
      problems.add(
          "writeMode=insert is for the first load of empty tables: a watching run changes"
              + " documents; leave it out");
    }
  }
}

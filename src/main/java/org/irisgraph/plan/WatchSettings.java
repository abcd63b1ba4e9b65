package org.irisgraph.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.irisgraph.iris.WriteMode;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.RunnerKind;

/** What the option {@code watch} means: for the input, the other options, and Flink. */
public final class WatchSettings {

  /**
   * What is on its way when a watching run is asked to stop is stored within this time; whoever
   * asks usually waits for 30 s, and the summary has to be written, too.
   */
  public static final Duration DRAIN = Duration.ofSeconds(15);

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofHours(24);

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));

  /** A run that ends waits for a last checkpoint. */
  private static final long CHECKPOINT_MILLIS = 5000;

  private static final long WATERMARK_MILLIS = 200;
  private static final int RESTARTS = 3;
  private static final long RESTART_MILLIS = 10_000;

  private WatchSettings() {}

  public static boolean isSet(IndexingOptions options) {
    return options.getWatch() != null;
  }

  /** How often the input is looked at; empty if it is read once, or if the value is wrong. */
  public static Optional<Duration> interval(IndexingOptions options) {
    if (!isSet(options)) {
      return Optional.empty();
    }
    Matcher matcher = DURATION.matcher(options.getWatch().strip());
    return matcher.matches()
        ? Optional.of(UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1))))
        : Optional.empty();
  }

  /** What is wrong with the options, one line each. */
  static List<String> problems(IndexingOptions options) {
    List<String> problems = new ArrayList<>();
    if (!isSet(options)) {
      return problems;
    }
    Optional<Duration> interval = interval(options);
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
          "deleteMissing is for runs that read all of the input: a watching run never has; leave it"
              + " out, and run index with deleteMissing and without watch from time to time");
    }
    if (options.isDeferIndexes()) {
      problems.add(
          "deferIndexes is for runs that end: a watching run would leave the tables without indexes"
              + " for ever; leave it out");
    }
    if (options.getWriteMode() == WriteMode.INSERT) {
      problems.add(
          "writeMode=insert is for the first load of empty tables: a watching run changes"
              + " documents; leave it out");
    }
    return problems;
  }

  /** Makes Flink ready for work without end, as far as the options do not say otherwise. */
  public static void prepare(FlinkPipelineOptions flink) {
    flink.setStreaming(true);
    // The sources end by themselves, and only then is the job to end.
    flink.setShutdownSourcesAfterIdleMs(0L);
    // Otherwise Beam keeps what a step gives out at a checkpoint until its next element comes, and
    // that may be tomorrow (DoFnOperator.snapshotState).
    flink.setFinishBundleBeforeCheckpointing(true);
    if (flink.getAutoWatermarkInterval() == null) {
      // Beam's default, which it warns of: nothing here waits for a watermark but the end.
      flink.setAutoWatermarkInterval(WATERMARK_MILLIS);
    }
    if (flink.getCheckpointingInterval() < 1) {
      flink.setCheckpointingInterval(CHECKPOINT_MILLIS);
    }
    if (flink.getNumberOfExecutionRetries() < 0) {
      // With checkpoints Flink would try for ever, and nobody would hear of it.
      flink.setNumberOfExecutionRetries(RESTARTS);
    }
    if (flink.getExecutionRetryDelay() < 0) {
      flink.setExecutionRetryDelay(RESTART_MILLIS);
    }
  }
}

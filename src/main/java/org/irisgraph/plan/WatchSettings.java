package org.irisgraph.plan;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.irisgraph.options.IndexingOptions;

/** The interval of the option {@code watch}, and Flink's settings for a run that watches. */
public final class WatchSettings {

  /**
   * How long a watching run that is stopped stores the documents in flight. Service managers
   * usually wait for 30 s, in which the summary has to be written, too.
   */
  public static final Duration DRAIN = Duration.ofSeconds(15);

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));

  /** An ending run waits for a last checkpoint. */
  private static final long CHECKPOINT_MILLIS = 5000;

  private static final long WATERMARK_MILLIS = 200;
  private static final int RESTARTS = 3;
  private static final long RESTART_MILLIS = 10_000;

  private WatchSettings() {}

  public static boolean isSet(IndexingOptions options) {
    return options.getWatch() != null;
  }

  /** How often the input is listed; empty if it is read once, or if the value is malformed. */
  public static Optional<Duration> interval(IndexingOptions options) {
    String watch = options.getWatch();
    if (watch == null) {
      return Optional.empty();
    }
    Matcher matcher = DURATION.matcher(watch.strip());
    return matcher.matches()
        ? Optional.of(
            Objects.requireNonNull(UNITS.get(matcher.group(2)))
                .multipliedBy(Long.parseLong(matcher.group(1))))
        : Optional.empty();
  }

  /** Sets up Flink for a job without end, where the options do not say otherwise. */
  public static void prepare(FlinkPipelineOptions flink) {
    flink.setStreaming(true);
    // The sources end by themselves; the job must not end before.
    flink.setShutdownSourcesAfterIdleMs(0L);
    // Otherwise Beam holds a step's output at a checkpoint back until its next element, which may
    // arrive tomorrow (DoFnOperator.snapshotState).
    flink.setFinishBundleBeforeCheckpointing(true);
    if (flink.getAutoWatermarkInterval() == null) {
      // Beam's default, set to avoid its warning: only the end of the job waits for a watermark.
      flink.setAutoWatermarkInterval(WATERMARK_MILLIS);
    }
    if (flink.getCheckpointingInterval() < 1) {
      flink.setCheckpointingInterval(CHECKPOINT_MILLIS);
    }
    if (flink.getNumberOfExecutionRetries() < 0) {
      // With checkpoints Flink would restart for ever, without an error.
      flink.setNumberOfExecutionRetries(RESTARTS);
    }
    if (flink.getExecutionRetryDelay() < 0) {
      flink.setExecutionRetryDelay(RESTART_MILLIS);
    }
  }
}

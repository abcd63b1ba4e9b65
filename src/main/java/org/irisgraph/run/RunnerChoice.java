package org.irisgraph.run;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.io.FileSystems;
import org.irisgraph.files.InputFiles;
import org.irisgraph.options.GivenSettings;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.InsideFlink;
import org.irisgraph.plan.JdbcInput;
import org.irisgraph.plan.ModelPlan;
import org.irisgraph.plan.ReaderSettings;
import org.irisgraph.plan.WatchSettings;

/**
 * Chooses the runner if the settings name none. The Direct runner starts faster; embedded Flink
 * stores while it reads, and its memory does not grow with the input. {@code docs/benchmarks.md}
 * has the measurements.
 */
public final class RunnerChoice {

  /** The largest input for the Direct runner, in bytes of text. */
  public static final long DIRECT_BYTES = 20_000_000;

  /** The most documents for the Direct runner, which stores few before it has extracted all. */
  static final long DIRECT_DOCUMENTS = 10_000;

  private final IndexingOptions options;
  private final List<String> given;

  private RunnerChoice(IndexingOptions options, List<String> given) {
    this.options = options;
    this.given = given;
  }

  /**
   * Sets the runner, and its options that are not given to what serves a run best.
   *
   * @return which runner and why; empty if the settings name it
   */
  public static Optional<String> choose(IndexingOptions options) {
    List<String> given = options.as(GivenSettings.class).getGivenNames();
    if (given == null) {
      return Optional.empty();
    }
    RunnerChoice choice = new RunnerChoice(options, given);
    if (given.contains("runner")) {
      choice.limitWorkers();
      return Optional.empty();
    }
    return Optional.of(choice.choose());
  }

  /** The same for a replay, which reads few documents. */
  public static void chooseForReplay(IndexingOptions options) {
    List<String> given = options.as(GivenSettings.class).getGivenNames();
    if (given != null && !given.contains("runner")) {
      new RunnerChoice(options, given).direct();
    }
  }

  private String choose() {
    Optional<String> reason = reasonForFlink();
    if (reason.isPresent()) {
      flink();
      return "runs on Flink, which stores while it reads and needs no more memory for more input: "
          + reason.get();
    }
    direct();
    return String.format(
        Locale.ROOT,
        "runs on the Direct runner, which starts fastest: the input has up to %d MB and %,d"
            + " documents",
        DIRECT_BYTES / 1_000_000,
        DIRECT_DOCUMENTS);
  }

  private Optional<String> reasonForFlink() {
    if (InsideFlink.isInsideFlink()) {
      return Optional.of("Flink started this program");
    }
    if (given.contains("flinkMaster")) {
      return Optional.of("flinkMaster is set");
    }
    if (WatchSettings.isSet(options)) {
      return Optional.of("the input is watched");
    }
    if (ModelPlan.isAsked(options)) {
      return Optional.of("a language model is asked");
    }
    if (JdbcInput.isSet(options)) {
      return Optional.of("the size of the input is not known");
    }
    return size();
  }

  /** Why the input is large; empty if it is small or cannot be listed, which is reported later. */
  private Optional<String> size() {
    FileSystems.setDefaultPipelineOptions(options);
    try {
      InputFiles files = ReaderSettings.files(options);
      long bytes = files.textBytes();
      if (bytes > DIRECT_BYTES) {
        return Optional.of(
            String.format(Locale.ROOT, "the input has about %,d MB", bytes / 1_000_000));
      }
      long documents = DocumentEstimate.of(ReaderSettings.uncounted(options), files);
      return documents > DIRECT_DOCUMENTS
          ? Optional.of(String.format(Locale.ROOT, "the input has about %,d documents", documents))
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private void direct() {
    options.setRunner(DirectRunner.class);
    DirectOptions direct = options.as(DirectOptions.class);
    // Both copy and compare each element, to find steps that modify their input.
    if (!given.contains("enforceImmutability")) {
      direct.setEnforceImmutability(false);
    }
    if (!given.contains("enforceEncodability")) {
      direct.setEnforceEncodability(false);
    }
    limitWorkers();
  }

  /** By default the Direct runner has three on two cores, and one without work polls for it. */
  private void limitWorkers() {
    // By its name: the jar for Flink clusters does without it.
    if (options.getRunner().getSimpleName().equals("DirectRunner")
        && !given.contains("targetParallelism")) {
      options
          .as(DirectOptions.class)
          .setTargetParallelism(Math.max(2, Runtime.getRuntime().availableProcessors()));
    }
  }

  /** As runner-configs/flink-local.yaml does. */
  private void flink() {
    options.setRunner(FlinkRunner.class);
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    if (!given.contains("flinkMaster")) {
      flink.setFlinkMaster("[local]");
    }
    if (!given.contains("streaming")) {
      flink.setStreaming(true);
    }
    if (!given.contains("shutdownSourcesAfterIdleMs")) {
      flink.setShutdownSourcesAfterIdleMs(0L);
    }
    if (!given.contains("fasterCopy")) {
      flink.setFasterCopy(true);
    }
  }
}

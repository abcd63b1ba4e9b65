package org.irisgraph.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.ApplicationNameOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.irisgraph.base.TemporaryDirectory;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.InsideFlink;
import org.irisgraph.options.RunnerKind;
import org.irisgraph.plan.WatchSettings;
import org.jspecify.annotations.Nullable;

/**
 * Runs pipelines with the runner that the options name. Embedded Flink is a cluster inside this
 * JVM, which is stopped by {@link #close}.
 */
public final class PipelineRunner implements AutoCloseable {

  private final PipelineOptions options;
  private final TemporaryDirectory files;

  /** Null unless Flink is embedded. */
  private final @Nullable EmbeddedFlink flink;

  /** Null unless the workers are a cluster elsewhere. */
  private final @Nullable ClusterJobs cluster;

  private final boolean detached;

  private PipelineRunner(
      PipelineOptions options,
      TemporaryDirectory files,
      @Nullable EmbeddedFlink flink,
      @Nullable ClusterJobs cluster,
      boolean detached) {
    this.options = options;
    this.files = files;
    this.flink = flink;
    this.cluster = cluster;
    this.detached = detached;
  }

  /**
   * Starts or connects to what the options name.
   *
   * @throws ClusterJobs.ClusterException if a cluster elsewhere cannot be used
   */
  public static PipelineRunner of(IndexingOptions options) throws Exception {
    TemporaryDirectory files = TemporaryDirectory.open();
    try {
      return of(options, files);
    } catch (Exception e) {
      files.close();
      throw e;
    }
  }

  private static PipelineRunner of(IndexingOptions options, TemporaryDirectory files)
      throws Exception {
    if (!RunnerKind.isFlink(options)) {
      return new PipelineRunner(options, files, null, null, false);
    }
    FlinkPipelineOptions flinkOptions = options.as(FlinkPipelineOptions.class);
    if (InsideFlink.isInsideFlink()) {
      submitToCaller(flinkOptions);
      return new PipelineRunner(options, files, null, null, true);
    }
    if (RunnerKind.isEmbeddedFlink(options)) {
      return new PipelineRunner(
          options, files, embeddedFlink(options, flinkOptions, files.path()), null, false);
    }
    return new PipelineRunner(options, files, null, cluster(options, flinkOptions), false);
  }

  private static void submitToCaller(FlinkPipelineOptions flinkOptions) {
    // The cluster that called us, whatever the settings name; it has our jar already.
    flinkOptions.setFlinkMaster("[auto]");
    flinkOptions.setFilesToStage(List.of());
    // Inside Flink, Beam would wait for results that never come.
    flinkOptions.setAttachedMode(false);
  }

  private static EmbeddedFlink embeddedFlink(
      IndexingOptions options, FlinkPipelineOptions flinkOptions, Path directory) throws Exception {
    if (flinkOptions.getParallelism() < 1) {
      flinkOptions.setParallelism(Runtime.getRuntime().availableProcessors());
    }
    if (WatchSettings.isSet(options)) {
      WatchSettings.prepare(flinkOptions);
      if (flinkOptions.getStateBackend() == null) {
        // In memory, a checkpoint fails above 5 MB, which the texts of one batch may have.
        Path checkpoints = Files.createTempDirectory(directory, "checkpoints");
        flinkOptions.setStateBackend("filesystem");
        flinkOptions.setStateBackendStoragePath(checkpoints.toUri().toString());
      }
    }
    EmbeddedFlink flink = EmbeddedFlink.start(flinkOptions.getParallelism(), directory);
    flinkOptions.setFlinkMaster(flink.master());
    // The task manager has our class path already.
    flinkOptions.setFilesToStage(List.of(EmptyJar.in(directory).toString()));
    return flink;
  }

  private static ClusterJobs cluster(IndexingOptions options, FlinkPipelineOptions flinkOptions)
      throws InterruptedException {
    FlinkMaster master = FlinkMaster.parse(flinkOptions.getFlinkMaster());
    BundledJar.stage(options);
    // The job's name begins with it.
    options.as(ApplicationNameOptions.class).setAppName("IrisGraphIndexer");
    return ClusterJobs.connect(master, flinkOptions.getParallelism());
  }

  /** The keys of the shards that batches are gathered in, which the runner spreads evenly. */
  public static List<Integer> shards(IndexingOptions options) {
    return RunnerKind.isFlink(options)
        ? BalancedShardKeys.of(
            options.getShards(),
            options.as(FlinkPipelineOptions.class),
            RunnerKind.parallelism(options))
        : IntStream.range(0, options.getShards()).boxed().toList();
  }

  public PipelineOptions options() {
    return options;
  }

  /** Whether {@link #run} only submits a pipeline, whose end cannot be awaited. */
  public boolean isDetached() {
    return detached;
  }

  /** Whether the workers are those of a cluster elsewhere. */
  public boolean isCluster() {
    return cluster != null;
  }

  /** Runs a pipeline; the Direct runner, and Flink that called us, go on with it afterwards. */
  public PipelineResult run(Pipeline pipeline) throws InterruptedException {
    return cluster == null ? pipeline.run() : cluster.run(pipeline);
  }

  /** Cancels the job on a cluster elsewhere; workers in this JVM ask {@link StopRequests}. */
  public void stop() {
    if (cluster != null) {
      cluster.stop();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (cluster != null) {
        cluster.close();
      }
      if (flink != null) {
        flink.close();
      }
    } finally {
      files.close();
    }
  }
}

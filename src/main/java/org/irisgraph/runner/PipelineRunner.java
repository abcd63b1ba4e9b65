package org.irisgraph.runner;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.ApplicationNameOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.InsideFlink;
import org.irisgraph.options.RunnerKind;
import org.irisgraph.plan.WatchSettings;

/**
 * The runner that the options name, made ready: embedded Flink is a cluster of our own inside this
 * JVM, which lives as long as the run.
 */
public final class PipelineRunner implements AutoCloseable {

  private final PipelineOptions options;

  /** Null but for embedded Flink. */
  private final EmbeddedFlink flink;

  private final CheckpointDirectory checkpoints;

  /** Null but for a cluster elsewhere. */
  private final ClusterJobs cluster;

  private final boolean detached;

  private PipelineRunner(
      PipelineOptions options,
      EmbeddedFlink flink,
      CheckpointDirectory checkpoints,
      ClusterJobs cluster,
      boolean detached) {
    this.options = options;
    this.detached = detached;
    this.flink = flink;
    this.checkpoints = checkpoints;
    this.cluster = cluster;
  }

  public static PipelineRunner of(IndexingOptions options) throws Exception {
    if (!RunnerKind.isFlink(options)) {
      return new PipelineRunner(options, null, null, null, false);
    }
    FlinkPipelineOptions flinkOptions = options.as(FlinkPipelineOptions.class);
    if (InsideFlink.isInsideFlink()) {
      return insideFlink(options, flinkOptions);
    }
    return RunnerKind.isEmbeddedFlink(options)
        ? embedded(options, flinkOptions)
        : cluster(options, flinkOptions);
  }

  private static PipelineRunner insideFlink(
      IndexingOptions options, FlinkPipelineOptions flinkOptions) {
    // The cluster that called us, whatever the settings name; it has our jar already.
    flinkOptions.setFlinkMaster("[auto]");
    flinkOptions.setFilesToStage(List.of());
    // Nobody inside may wait for the end of a job: Beam would ask for results that never come.
    flinkOptions.setAttachedMode(false);
    return new PipelineRunner(options, null, null, null, true);
  }

  private static PipelineRunner embedded(IndexingOptions options, FlinkPipelineOptions flinkOptions)
      throws Exception {
    if (flinkOptions.getParallelism() < 1) {
      flinkOptions.setParallelism(Runtime.getRuntime().availableProcessors());
    }
    CheckpointDirectory checkpoints = null;
    if (WatchSettings.isSet(options)) {
      WatchSettings.prepare(flinkOptions);
      if (flinkOptions.getStateBackend() == null) {
        checkpoints = CheckpointDirectory.create();
        checkpoints.use(flinkOptions);
      }
    }
    EmbeddedFlink flink = EmbeddedFlink.start(flinkOptions.getParallelism());
    flinkOptions.setFlinkMaster(flink.master());
    // The task manager has our class path already.
    flinkOptions.setFilesToStage(List.of(EmptyJar.create().toString()));
    return new PipelineRunner(options, flink, checkpoints, null, false);
  }

  private static PipelineRunner cluster(IndexingOptions options, FlinkPipelineOptions flinkOptions)
      throws InterruptedException {
    FlinkCluster cluster = FlinkCluster.at(flinkOptions.getFlinkMaster());
    if (flinkOptions.getFilesToStage() == null) {
      flinkOptions.setFilesToStage(List.of(BundledJar.find().toString()));
    }
    // The job's name begins with it.
    options.as(ApplicationNameOptions.class).setAppName("IrisGraphIndexer");
    ClusterJobs jobs = new ClusterJobs(cluster);
    jobs.check(flinkOptions.getParallelism());
    return new PipelineRunner(options, null, null, jobs, false);
  }

  /** The numbers of the parts that batches are gathered in, which the runner spreads evenly. */
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

  /** Whether a pipeline is handed in only, and nobody can wait for its end. */
  public boolean isDetached() {
    return detached;
  }

  /** Runs a pipeline; with the Direct runner and inside Flink it may still be running after it. */
  public PipelineResult run(Pipeline pipeline) throws InterruptedException {
    return cluster == null ? pipeline.run() : cluster.run(pipeline);
  }

  /** Ends what runs on a cluster elsewhere; workers of this JVM hear of it by themselves. */
  public void stop() {
    if (cluster != null) {
      cluster.stop();
    }
  }

  @Override
  public void close() throws IOException {
    if (flink != null) {
      flink.close();
    }
    if (checkpoints != null) {
      checkpoints.close();
    }
  }
}

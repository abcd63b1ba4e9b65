package org.irisgraph.pipeline;

import java.io.IOException;
import java.util.List;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * The runner that the options name, made ready: embedded Flink is a cluster of our own inside this
 * JVM, which lives as long as the run.
 */
final class PipelineRunner implements AutoCloseable {

  /** What {@code flinkMaster} says for a cluster inside this JVM. */
  private static final List<String> EMBEDDED = List.of("[auto]", "[local]", "[collection]");

  private final PipelineOptions options;
  private final EmbeddedFlink flink;
  private final CheckpointDirectory checkpoints;

  private PipelineRunner(
      PipelineOptions options, EmbeddedFlink flink, CheckpointDirectory checkpoints) {
    this.options = options;
    this.flink = flink;
    this.checkpoints = checkpoints;
  }

  static PipelineRunner of(IndexingOptions options) throws Exception {
    if (!isFlink(options)) {
      return new PipelineRunner(options, null, null);
    }
    FlinkPipelineOptions flinkOptions = options.as(FlinkPipelineOptions.class);
    if (!isEmbeddedFlink(options)) {
      return new PipelineRunner(options, null, null);
    }
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
    flinkOptions.setFilesToStage(List.of());
    return new PipelineRunner(options, flink, checkpoints);
  }

  static boolean isFlink(PipelineOptions options) {
    return FlinkRunner.class.isAssignableFrom(options.getRunner());
  }

  static boolean isEmbeddedFlink(PipelineOptions options) {
    return isFlink(options)
        && EMBEDDED.contains(options.as(FlinkPipelineOptions.class).getFlinkMaster());
  }

  static boolean isRemoteFlink(PipelineOptions options) {
    return isFlink(options) && !isEmbeddedFlink(options);
  }

  /** How many threads work side by side, as far as the options tell; at least 1. */
  static int parallelism(PipelineOptions options) {
    int asked =
        isFlink(options)
            ? options.as(FlinkPipelineOptions.class).getParallelism()
            : options.as(DirectOptions.class).getTargetParallelism();
    return asked < 1 ? Runtime.getRuntime().availableProcessors() : asked;
  }

  PipelineOptions options() {
    return options;
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

package org.irisgraph.options;

import java.util.List;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;

/** The runner that the options name, and its parallelism. */
public final class RunnerKind {

  /** The values of {@code flinkMaster} for a cluster inside this JVM. */
  private static final List<String> EMBEDDED = List.of("[auto]", "[local]", "[collection]");

  private RunnerKind() {}

  /** Whether the pipeline runs on Flink, embedded or remote. */
  public static boolean isFlink(PipelineOptions options) {
    return FlinkRunner.class.isAssignableFrom(options.getRunner());
  }

  /** Whether the pipeline runs on a Flink embedded in this JVM, for this run only. */
  public static boolean isEmbeddedFlink(PipelineOptions options) {
    return isFlink(options)
        && EMBEDDED.contains(options.as(FlinkPipelineOptions.class).getFlinkMaster())
        && !InsideFlink.isInsideFlink();
  }

  /** Whether the workers are other JVMs, perhaps on other machines. */
  public static boolean isRemoteFlink(PipelineOptions options) {
    return isFlink(options) && !isEmbeddedFlink(options);
  }

  /** The number of parallel threads that the options set; at least 1. */
  public static int parallelism(PipelineOptions options) {
    int asked =
        isFlink(options)
            ? options.as(FlinkPipelineOptions.class).getParallelism()
            : options.as(DirectOptions.class).getTargetParallelism();
    return asked < 1 ? Runtime.getRuntime().availableProcessors() : asked;
  }
}

package org.irisgraph.options;

import java.util.Map;

/** The options of Beam and its runners that the help shows, each described in one sentence. */
final class RunnerOptions {

  static final Map<String, String> DESCRIPTIONS =
      Map.of(
          "runner",
          "Where the run takes place: DirectRunner in this JVM, or FlinkRunner in this JVM or on a"
              + " cluster. Without it, index takes the Direct runner for up to 20 MB and 10,000 documents, else"
              + " Flink in this JVM.",
          "targetParallelism",
          "Threads of the Direct runner.",
          "flinkMaster",
          "Host and port of the Flink cluster's REST interface, or [local] for Flink in this JVM.",
          "parallelism",
          "Subtasks of each step on Flink; -1 leaves it to the cluster.",
          "attachedMode",
          "Whether the program waits for the end of the job on a Flink cluster.",
          "numberOfExecutionRetries",
          "Restarts of a failed Flink job; -1 leaves it to the cluster.",
          "checkpointingInterval",
          "Milliseconds between Flink's checkpoints; -1 for none, since the ledger replaces them.");

  private RunnerOptions() {}
}

package org.irisgraph.pipeline;

import org.apache.flink.client.program.StreamContextEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Whether this is Flink's own JVM: a jar that was uploaded to a cluster, or is its application, has
 * its main method called there. It can hand in a job, but not wait for it, and must not end the
 * JVM.
 */
public final class InsideFlink {

  private InsideFlink() {}

  /** Whether Flink called us. */
  public static boolean isSo() {
    return StreamExecutionEnvironment.getExecutionEnvironment() instanceof StreamContextEnvironment;
  }
}

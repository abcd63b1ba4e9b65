package org.irisgraph.options;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Whether Flink called the main method: that of a jar that was uploaded to a cluster, given to
 * {@code flink run}, or is a cluster's application. The program can then submit a job but not await
 * its end, and must not end the JVM.
 */
public final class InsideFlink {

  private InsideFlink() {}

  /**
   * Whether Flink runs this thread's program. Flink gives each program a class loader; without one,
   * Flink is not asked, since loading it takes a second.
   */
  public static boolean isInsideFlink() {
    return Thread.currentThread().getContextClassLoader() != ClassLoader.getSystemClassLoader()
        && !StreamExecutionEnvironment.areExplicitEnvironmentsAllowed();
  }
}

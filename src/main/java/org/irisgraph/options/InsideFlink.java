package org.irisgraph.options;

/**
 * Whether this is Flink's own JVM: a jar that was uploaded to a cluster, or is its application, has
 * its main method called there. It can hand in a job, but not wait for it, and must not end the
 * JVM.
 */
public final class InsideFlink {

  /** What calls main methods, in Flink's client and in its REST interface. */
  private static final String CALLER = "org.apache.flink.client.program.PackagedProgram";

  private InsideFlink() {}

  /**
   * Whether Flink called the method that this thread is in. Asking Flink itself would load it,
   * which takes a second that runs without Flink do not need to wait.
   */
  public static boolean isInsideFlink() {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(CALLER)));
  }
}

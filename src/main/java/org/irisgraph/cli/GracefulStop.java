package org.irisgraph.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.irisgraph.run.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a job end in good order when this process is asked to (SIGTERM, Ctrl+C): no more is read,
 * what is on its way is stored, the summary is written. The JVM then exits with 128 plus the
 * signal's number, whatever we do. A job that takes too long is cut off; its transactions roll
 * back.
 */
final class GracefulStop {

  /** What sends SIGTERM usually waits for 30 seconds before it kills. */
  private static final long MAX_SECONDS = 25;

  private static final Logger LOG = LoggerFactory.getLogger(GracefulStop.class);

  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread hook;

  private GracefulStop(Job job) {
    this.hook =
        new Thread(
            () -> {
              System.err.println("stopping: what is on its way is stored");
              job.stop();
              await();
            },
            "graceful-stop");
  }

  /** Watches over a job until it has {@link #ended}. */
  static GracefulStop of(Job job) {
    GracefulStop stop = new GracefulStop(job);
    Runtime.getRuntime().addShutdownHook(stop.hook);
    return stop;
  }

  private void await() {
    try {
      if (!end.await(MAX_SECONDS, TimeUnit.SECONDS)) {
        System.err.println(
            "error: the run did not end within " + MAX_SECONDS + " s and is cut off");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** All is said and written. */
  void ended() {
    end.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("The JVM is shutting down; the hook is what waited for us", e);
    }
  }
}

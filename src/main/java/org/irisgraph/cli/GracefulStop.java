package org.irisgraph.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.irisgraph.run.Job;
import org.jline.utils.Signals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a job in good order on SIGTERM or Ctrl+C: the batches that are being stored are committed,
 * and the summary is written. What has been read but is not in a batch yet is read again by the
 * next run. The JVM then exits with 128 plus the signal's number. A job that takes too long is
 * killed, and so is one at a second signal; its open transactions roll back.
 */
final class GracefulStop {

  /** Less than the 30 seconds that Kubernetes and others wait before they kill. */
  private static final long MAX_SECONDS = 25;

  private static final int SIGINT = 128 + 2;
  private static final int SIGTERM = 128 + 15;

  private static final Logger LOG = LoggerFactory.getLogger(GracefulStop.class);

  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread hook;

  private GracefulStop(Job job) {
    this.hook =
        new Thread(
            () -> {
              System.err.println(
                  "stopping after the batches that are being stored; press Ctrl+C again to end at once");
              endAt("INT", SIGINT);
              endAt("TERM", SIGTERM);
              job.stop();
              await();
            },
            "graceful-stop");
  }

  /** Stops the job on a signal, until {@link #ended} is called. */
  static GracefulStop of(Job job) {
    GracefulStop stop = new GracefulStop(job);
    Runtime.getRuntime().addShutdownHook(stop.hook);
    return stop;
  }

  /** Ends the JVM at the next signal, which it would ignore while it shuts down. */
  private static void endAt(String signal, int exitCode) {
    Signals.register(signal, () -> Runtime.getRuntime().halt(exitCode));
  }

  private void await() {
    try {
      if (!end.await(MAX_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("error: the run did not end within " + MAX_SECONDS + " s and is killed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Call after all output is flushed; lets the JVM exit. */
  void ended() {
    end.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("The JVM is shutting down; the hook was waiting for the job", e);
    }
  }
}

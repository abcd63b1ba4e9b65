package org.irisgraph.run;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How far a process is that has an H2 file open, in which no other can read its progress. */
final class FileRun {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private FileRun() {}

  /**
   * Waits until a run, just started, has done about a part of its work, or has ended. It marks the
   * database half-way from the start of its JVM to its end, on a busy machine too.
   */
  static void awaitPart(String jdbcUrl, Process run, double part) throws InterruptedException {
    long start = System.nanoTime();
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () ->
                !run.isAlive()
                    || RunBesideDatabase.read(jdbcUrl)
                        .filter(written -> written.pid() == run.pid())
                        .isPresent());
    run.waitFor(Math.round((System.nanoTime() - start) * part), TimeUnit.NANOSECONDS);
  }
}

package org.irisgraph.run;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.lease.ProcessFile;
import org.irisgraph.report.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows to other processes how far a run is, from a thread that the run never waits for: each
 * second in a file beside an embedded database, which no other process can open, and as often as
 * the lease is renewed, and in each phase, in the row of the run.
 */
final class RunRenewal {

  private static final Logger LOG = LoggerFactory.getLogger(RunRenewal.class);
  private static final long TICK_MILLIS = 1000;
  private static final long MAX_CLOSE_MILLIS = 2000;

  private final LauncherConnection launcher;
  private final ConnectionSettings settings;
  private final RunProgress progress;
  private final RunRecord record;
  private final long renewalNanos;
  private final Optional<ProcessFile> file;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::renewUntilClosed, "run-renewal");
  private long renewed = System.nanoTime();
  private Progress.Phase shown = Progress.Phase.STARTING;
  private boolean isCounted = true;
  private boolean hasWarned;

  /**
   * Starts the thread.
   *
   * @param renewalNanos how often the row is written in one phase
   */
  RunRenewal(
      LauncherConnection launcher,
      ConnectionSettings settings,
      RunProgress progress,
      RunRecord record,
      long renewalNanos) {
    this.launcher = launcher;
    this.settings = settings;
    this.progress = progress;
    this.record = record;
    this.renewalNanos = renewalNanos;
    this.file = RunBesideDatabase.file(settings.jdbcUrl());
    thread.setDaemon(true);
    thread.start();
  }

  private void renewUntilClosed() {
    try {
      do {
        writeFile();
        Progress.Phase phase = progress.current().phase();
        long now = System.nanoTime();
        if (record.isKept() && (phase != shown || now - renewed >= renewalNanos)) {
          shown = phase;
          renewed = now;
          writeRow();
        }
      } while (!closed.await(TICK_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** On the launcher's connection or, while the run itself uses that, on one of the writers'. */
  private void writeRow() throws InterruptedException {
    try {
      boolean isShared =
          launcher
              .queryIfShared(
                  connection -> {
                    isCounted = false;
                    progress.count(connection);
                    record.renew(connection);
                    return true;
                  })
              .isPresent();
      if (!isShared && closed.getCount() > 0) {
        try (Database database = Database.acquire(settings)) {
          database.query(
              connection -> {
                // The documents that were stored last, once.
                if (!isCounted) {
                  progress.count(connection);
                }
                record.renew(connection);
                return true;
              });
        }
        isCounted = true;
      }
    } catch (SQLException | StoreException | RuntimeException | AssertionError e) {
      // The run itself reports what is wrong with the database.
      LOG.debug("the progress is not shown", e);
    }
  }

  private void writeFile() {
    if (file.isPresent() && closed.getCount() > 0) {
      try {
        file.get().write(record.besideDatabase());
      } catch (IOException | RuntimeException e) {
        if (!hasWarned) {
          hasWarned = true;
          LOG.warn(
              "the run goes on, but status cannot show how far it is: the file beside the database"
                  + " cannot be written",
              e);
        }
      }
    }
  }

  /**
   * Ends the thread, and deletes the file. Never interrupts it: an interrupt during a read would
   * close the files of an embedded database.
   */
  void close() throws InterruptedException {
    closed.countDown();
    thread.join(MAX_CLOSE_MILLIS);
    if (file.isPresent() && !thread.isAlive()) {
      try {
        file.get().delete();
      } catch (IOException e) {
        LOG.debug("the file beside the database is left", e);
      }
    }
  }
}

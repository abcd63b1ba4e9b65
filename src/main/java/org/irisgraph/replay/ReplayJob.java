package org.irisgraph.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.irisgraph.base.TemporaryDirectory;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.report.Progress;
import org.irisgraph.report.Summary;
import org.irisgraph.run.IndexingJob;
import org.irisgraph.run.Job;
import org.jspecify.annotations.Nullable;

/**
 * Retries what earlier runs could not index: reads and indexes the documents that dead letters
 * name, as {@link IndexingJob} does.
 */
public final class ReplayJob implements Job {

  private final IndexingJob job;
  private final ReplayScope scope;
  private final TemporaryDirectory files;

  /**
   * A replay with the options of the run that wrote the dead letters.
   *
   * @param directory of the dead letters; null for what the ledger has rejected, partial or stale
   */
  public ReplayJob(IndexingOptions options, @Nullable Path directory) throws IOException {
    // Dead letters are likely to be rejected again, which is no sign of a fault in the tables.
    options.setMaxRejectedShare(1.0);
    this.files = TemporaryDirectory.open();
    this.scope =
        new ReplayScope(
            directory == null ? Files.createTempDirectory(files.path(), "replay") : directory,
            directory == null);
    this.job = new IndexingJob(options, scope);
  }

  @Override
  public Summary run() throws Exception {
    try {
      return job.run();
    } finally {
      files.close();
    }
  }

  /** What became of each dead letter; complete once {@link #run} has returned. */
  public ReplayReport report() {
    return scope.report();
  }

  @Override
  public Progress progress() throws Exception {
    return job.progress();
  }

  @Override
  public Progress current() {
    return job.current();
  }

  @Override
  public void stop() {
    job.stop();
  }
}

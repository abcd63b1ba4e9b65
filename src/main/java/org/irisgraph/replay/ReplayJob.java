package org.irisgraph.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.report.Progress;
import org.irisgraph.report.Summary;
import org.irisgraph.run.IndexingJob;
import org.irisgraph.run.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.jspecify.annotations.Nullable;
import org.irisgraph.base.Directories;

/** Reads and indexes the documents of dead letters again, as {@link IndexingJob} does. */
public final class ReplayJob implements Job {

  private static final Logger LOG = LoggerFactory.getLogger(ReplayJob.class);

  private final IndexingJob job;
  private final ReplayScope scope;
  private final @Nullable Path spool;

  /**
   * A replay with the options of the run that wrote the dead letters.
   *
   * @param directory the directory of the dead letters; null for all documents that the ledger has
   *     as rejected, partial or stale
   */
  public ReplayJob(IndexingOptions options, @Nullable Path directory) throws IOException {
    // Dead letters are often rejected again, which does not indicate a wrong table layout.
    options.setMaxRejectedShare(1.0);
    if (directory == null) {
      Path created = Files.createTempDirectory("iris-graph-indexer-replay");
      this.spool = created;
      this.scope = new ReplayScope(created, true);
    } else {
      this.spool = null;
      this.scope = new ReplayScope(directory, false);
    }
    this.job = new IndexingJob(options, scope);
  }

  @Override
  public Summary run() throws Exception {
    try {
      return job.run();
    } finally {
      deleteSpool();
    }
  }

  /** The result of each dead letter; complete once {@link #run} has returned. */
  public ReplayReport report() {
    return scope.report();
  }

  @Override
  public Progress progress() throws Exception {
    return job.progress();
  }

  @Override
  public void stop() {
    job.stop();
  }

  private void deleteSpool() {
    if (spool == null) {
      return;
    }
    try {
      Directories.delete(spool);
    } catch (IOException e) {
      LOG.warn("cannot delete the temporary files in {}: {}", spool, e.getMessage());
    }
  }
}

package org.irisgraph.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.irisgraph.base.ProgramFile;
import org.irisgraph.base.TemporaryDirectory;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.InsideFlink;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.report.FailedRunException;
import org.irisgraph.report.NextSteps;
import org.irisgraph.report.Summary;
import org.irisgraph.report.SummaryText;
import org.irisgraph.run.Job;
import org.irisgraph.runner.UnpackedLibraries;
import org.jspecify.annotations.Nullable;

/** A command that runs a job with progress, graceful stop and summary. */
abstract class JobCommand extends SettingsCommand {

  private @Nullable GracefulStop stop;

  JobCommand(KnownOptions known) {
    super(known);
  }

  /** Runs the job and returns the exit code. */
  final int run(Job job, IndexingOptions options) throws Exception {
    stop = GracefulStop.of(job);
    Summary summary;
    try (TemporaryDirectory files = TemporaryDirectory.open();
        ProgressReporter progress =
            ProgressReporter.of(job::progress, options.getWatch() != null)) {
      if (!InsideFlink.isInsideFlink()) {
        UnpackedLibraries.moveTo(files.path());
      }
      progress.start();
      summary = job.run();
    } catch (FailedRunException e) {
      show(e.summary(), options);
      throw e;
    }
    show(summary, options);
    return summary.exitCode();
  }

  @Override
  void ended() {
    if (stop != null) {
      stop.ended();
    }
  }

  /** Lines to print before the summary. */
  String report() {
    return "";
  }

  private void show(Summary summary, IndexingOptions options) throws IOException {
    NextSteps next = new NextSteps(options, summary, databaseArguments(), ProgramFile.path());
    out().print(report());
    out().print(new SummaryText(summary, next.places(), next.hints()));
    out().flush();
    // A detached run has no figures yet.
    if (options.getSummary() != null && summary.status() != Summary.Status.SUBMITTED) {
      summary.writeTo(Path.of(options.getSummary()));
    }
  }
}

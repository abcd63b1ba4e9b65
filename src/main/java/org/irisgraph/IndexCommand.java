package org.irisgraph;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.irisgraph.pipeline.FailedRunException;
import org.irisgraph.pipeline.IndexingOptions;
import org.irisgraph.pipeline.Job;
import org.irisgraph.pipeline.KnownOptions;
import org.irisgraph.pipeline.NextSteps;
import org.irisgraph.pipeline.SettingsValidator;
import org.irisgraph.pipeline.Summary;
import org.irisgraph.pipeline.SummaryText;
import picocli.CommandLine.Command;

/** Reads documents, finds their entities and relationships, and stores them. */
@Command(
    name = "index",
    description = "Turns documents into entities and relationships in a database.",
    customSynopsis = "iris-graph-indexer index FILE.yaml... [--option=value...]",
    mixinStandardHelpOptions = true,
    versionProvider = Indexer.Version.class,
    footer = {
      "",
      "The options of Apache Beam and of its runners are taken as well, in files and as flags,"
          + " among them --runner, --parallelism, --targetParallelism and --flinkMaster.",
      "",
      "Exit code: 0 all documents are indexed or unchanged, 3 some are rejected, partial or stale,"
          + " 1 the run failed, 2 wrong usage or settings, 143 it was stopped by SIGTERM."
    })
final class IndexCommand extends SettingsCommand {

  private final Function<IndexingOptions, Job> jobs;
  private GracefulStop stop;

  IndexCommand(KnownOptions known, Function<IndexingOptions, Job> jobs) {
    super(known);
    this.jobs = jobs;
  }

  @Override
  int run(IndexingOptions options) throws Exception {
    new SettingsValidator(known(), options).validate();
    Job job = jobs.apply(options);
    stop = GracefulStop.of(job);
    return run(job, options);
  }

  @Override
  void ended() {
    if (stop != null) {
      stop.ended();
    }
  }

  private int run(Job job, IndexingOptions options) throws Exception {
    Summary summary;
    try (ProgressReporter progress = ProgressReporter.of(job::progress)) {
      progress.start();
      summary = job.run();
    } catch (FailedRunException e) {
      show(e.summary(), options);
      throw e;
    }
    show(summary, options);
    return summary.exitCode();
  }

  private void show(Summary summary, IndexingOptions options) throws IOException {
    NextSteps next = new NextSteps(options, summary);
    out().print(new SummaryText(summary, next.places(), next.hints()));
    out().flush();
    if (options.getSummary() != null) {
      summary.writeTo(Path.of(options.getSummary()));
    }
  }
}

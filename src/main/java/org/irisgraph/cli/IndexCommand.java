package org.irisgraph.cli;

import java.util.Optional;
import java.util.function.Function;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.plan.SettingsValidator;
import org.irisgraph.run.Job;
import org.irisgraph.run.ModelEstimate;
import org.irisgraph.run.RunnerChoice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Extracts entities and relationships from documents and stores them. */
@Command(
    name = "index",
    description = "Turns documents into entities and relationships in a database.",
    customSynopsis = "iris-graph-indexer index FILE.yaml... [--option=value...]",
    mixinStandardHelpOptions = true,
    versionProvider = Indexer.Version.class,
    footer = {
      "",
      "Files and flags may set any option of Apache Beam and its runners.",
      "",
      "Exit code: 0 all documents are indexed or unchanged, 3 some are rejected, partial or stale,"
          + " 1 the run failed, 2 wrong usage or settings, 130 stopped by Ctrl+C, 143 by SIGTERM."
    })
final class IndexCommand extends JobCommand {

  private static final Logger LOG = LoggerFactory.getLogger(IndexCommand.class);

  private final Function<IndexingOptions, Job> jobs;

  IndexCommand(KnownOptions known, Function<IndexingOptions, Job> jobs) {
    super(known);
    this.jobs = jobs;
  }

  @Override
  int run(IndexingOptions options) throws Exception {
    Optional<String> runner = RunnerChoice.choose(options);
    new SettingsValidator(known(), options).validate();
    if (options.isEstimateOnly()) {
      out().print(ModelEstimate.of(options));
      out().flush();
      return CommandLine.ExitCode.OK;
    }
    runner.ifPresent(LOG::info);
    return run(jobs.apply(options), options);
  }
}

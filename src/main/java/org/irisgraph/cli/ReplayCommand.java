package org.irisgraph.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.UsageException;
import org.irisgraph.plan.SettingsValidator;
import org.irisgraph.replay.ReplayJob;
import org.irisgraph.run.RunnerChoice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Retries documents that earlier runs could not index. */
@Command(
    name = "replay",
    description = {
      "Retries the documents that the dead letters in the directory DIR name or, without DIR, those"
          + " that the ledger lists as rejected, partial or stale.",
      "",
      "Use the settings of the runs that rejected them. Dead letters of documents that are now"
          + " indexed move to DIR/archive."
    },
    customSynopsis = "iris-graph-indexer replay FILE.yaml... [--option=value...] [DIR]",
    mixinStandardHelpOptions = true,
    versionProvider = Indexer.Version.class,
    footer = {
      "",
      "Exit code: 0 all of them are indexed, 3 some are not, 1 the run failed, 2 wrong usage or"
          + " settings, 130 stopped by Ctrl+C, 143 by SIGTERM."
    })
final class ReplayCommand extends JobCommand {

  private @Nullable Path directory;
  private @Nullable ReplayJob job;

  ReplayCommand(KnownOptions known) {
    super(known);
  }

  @Override
  List<Path> settingsFiles(List<Path> arguments) {
    List<Path> files = new ArrayList<>();
    List<Path> directories = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path argument : arguments) {
      if (isSettingsFile(argument)) {
        files.add(argument);
      } else if (Files.isDirectory(argument)) {
        directories.add(argument);
      } else {
        problems.add(
            Files.exists(argument)
                ? "%s is a file: replay takes the directory of the dead letters, and settings files that end in .yaml"
                    .formatted(argument)
                : "there is no directory %s of dead letters".formatted(argument));
      }
    }
    if (directories.size() > 1) {
      problems.add(
          "replay takes one directory of dead letters, not %s"
              .formatted(String.join(" and ", directories.stream().map(Path::toString).toList())));
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    directory = directories.isEmpty() ? null : directories.get(0);
    return files;
  }

  @Override
  int run(IndexingOptions options) throws Exception {
    // The settings may be those of a watching run, but a replay reads its documents once.
    options.setWatch(null);
    RunnerChoice.chooseForReplay(options);
    new SettingsValidator(known(), options).ofPartOfInput().validate();
    ReplayJob replay = new ReplayJob(options, directory);
    job = replay;
    return run(replay, options);
  }

  @Override
  String report() {
    return job == null ? "" : job.report().toString();
  }
}

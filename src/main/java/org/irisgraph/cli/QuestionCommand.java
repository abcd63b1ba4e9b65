package org.irisgraph.cli;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.irisgraph.ask.GraphQuestions;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.UsageException;
import org.irisgraph.plan.RunPlan;
import picocli.CommandLine.Option;

/** A command that queries the graph for the arguments after the settings files. */
abstract class QuestionCommand extends DatabaseCommand {

  @Option(names = "--json", description = "Writes a JSON object.")
  boolean json;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "5",
      description = "Most documents, or neighbours of a kind. Default: 5")
  int limit;

  QuestionCommand(KnownOptions known) {
    super(known);
  }

  /**
   * Takes the arguments that are no settings files.
   *
   * @throws UsageException if the command cannot use them
   */
  abstract void setQuestion(List<String> words);

  @Override
  final List<Path> settingsFiles(List<Path> arguments) {
    setQuestion(
        arguments.stream()
            .filter(argument -> !isSettingsFile(argument))
            .map(Path::toString)
            .toList());
    if (limit < 1) {
      throw new UsageException("--limit must be at least 1");
    }
    return arguments.stream().filter(SettingsCommand::isSettingsFile).toList();
  }

  final GraphQuestions questions(LauncherConnection launcher, IndexingOptions options)
      throws SQLException, StoreException {
    return new GraphQuestions(
        launcher.get(),
        RunPlan.connection(options).dialect(),
        RunPlan.tables(options),
        options.getLedgerSchema());
  }
}

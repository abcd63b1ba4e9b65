package org.irisgraph.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Function;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.InsideFlink;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.run.IndexingJob;
import org.irisgraph.run.Job;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/**
 * The command line. A new command is one class, which extends {@link SettingsCommand} if it takes
 * settings, and one line in {@link #commandLine}.
 */
@Command(
    name = "iris-graph-indexer",
    description = "Turns a corpus of documents into a knowledge graph in InterSystems IRIS.",
    mixinStandardHelpOptions = true,
    versionProvider = Indexer.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "For the options of a command: iris-graph-indexer COMMAND --help"})
public final class Indexer implements Runnable {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private Indexer() {}

  public static void main(String[] arguments) {
    CommandLine commandLine = commandLine(IndexingJob::new);
    if (InsideFlink.isInsideFlink()) {
      submit(commandLine, arguments);
    } else {
      System.exit(commandLine.execute(arguments));
    }
  }

  /** Called by Flink, whose JVM is not ours to end: what is wrong is thrown. */
  private static void submit(CommandLine commandLine, String... arguments) {
    StringWriter errors = new StringWriter();
    commandLine.setErr(new PrintWriter(errors));
    if (commandLine.execute(arguments) != CommandLine.ExitCode.OK) {
      throw new IllegalStateException(errors.toString().strip());
    }
  }

  /** The command line with all its commands; the job is what {@code index} runs. */
  static CommandLine commandLine(Function<IndexingOptions, Job> job) {
    KnownOptions known = new KnownOptions();
    CommandLine commandLine = new CommandLine(new Indexer());
    for (SettingsCommand command :
        List.of(
            new IndexCommand(known, job), new ReplayCommand(known), new EvaluateCommand(known))) {
      CommandLine subcommand = new CommandLine(command);
      OptionFlags.addTo(subcommand.getCommandSpec(), known);
      commandLine.addSubcommand(subcommand);
    }
    commandLine.addSubcommand(new TrainCommand());
    // A file named @x is a file; picocli would read arguments from it.
    commandLine.setExpandAtFiles(false);
    commandLine.setUsageHelpWidth(100);
    commandLine.setParameterExceptionHandler(new UsageErrorMessage(known));
    return commandLine;
  }

  /** Without a command there is nothing to do but to say which ones there are. */
  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "no command given; there is " + String.join(", ", commands()));
  }

  private List<String> commands() {
    return List.copyOf(spec.subcommands().keySet());
  }

  /** Says which version of the project this is, as the jar's manifest has it. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Indexer.class.getPackage().getImplementationVersion();
      return new String[] {
        "iris-graph-indexer " + (version == null ? "(not from a jar)" : version)
      };
    }
  }

  /** Prints a line for each problem, as all commands do. */
  static void printErrors(PrintWriter err, List<String> problems) {
    problems.forEach(problem -> err.println("error: " + problem));
    err.flush();
  }
}

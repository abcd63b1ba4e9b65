package org.irisgraph.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.InsideFlink;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.Settings;
import org.irisgraph.run.IndexingJob;
import org.irisgraph.run.Job;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/**
 * The command line. A command is a class, which extends {@link SettingsCommand} if it takes
 * settings, and a line in {@link #commandLine}. Version and help start neither Beam nor a runner.
 */
@Command(
    name = "iris-graph-indexer",
    description = "Turns a corpus of documents into a knowledge graph in InterSystems IRIS.",
    mixinStandardHelpOptions = true,
    versionProvider = Indexer.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "For the options of a command: iris-graph-indexer COMMAND --help"})
public final class Indexer implements Runnable {

  private static final Set<String> VERSION_FLAGS = Set.of("--version", "-V");
  private static final Set<String> JOBS = Set.of("index", "replay");
  private static final Set<String> HELP_FLAGS = Set.of("--help", "-h", OptionsHelp.ALL);

  @SuppressWarnings("NullAway.Init") // Set by picocli.
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec;

  private Indexer() {}

  public static void main(String[] arguments) {
    if (arguments.length == 1 && VERSION_FLAGS.contains(arguments[0])) {
      System.out.println(Version.TEXT);
      return;
    }
    String command = arguments.length == 0 ? "" : arguments[0];
    boolean isHelp = isHelp(arguments);
    if (!isHelp) {
      // First, so that Beam's options need not wait until the log is set up.
      LoggingSetup.prepare();
      if (JOBS.contains(command)) {
        Settings.prepare();
      }
    }
    KnownOptions known = isHelp ? KnownOptions.forHelp() : new KnownOptions();
    CommandLine commandLine = commandLine(known, IndexingJob::new, List.of(arguments));
    if (InsideFlink.isInsideFlink()) {
      submit(commandLine, arguments);
    } else {
      System.exit(commandLine.execute(arguments));
    }
  }

  private static boolean isHelp(String... arguments) {
    return (arguments.length == 1 || arguments.length == 2)
        && HELP_FLAGS.contains(arguments[arguments.length - 1]);
  }

  /** Submits the job inside Flink's JVM. Throws on failure, since it must not end the JVM. */
  private static void submit(CommandLine commandLine, String... arguments) {
    StringWriter errors = new StringWriter();
    commandLine.setErr(new PrintWriter(errors));
    if (commandLine.execute(arguments) != CommandLine.ExitCode.OK) {
      throw new IllegalStateException(errors.toString().strip());
    }
  }

  /** The command line with all its commands, each of which accepts every option. */
  static CommandLine commandLine(Function<IndexingOptions, Job> job) {
    return commandLine(new KnownOptions(), job);
  }

  static CommandLine commandLine(KnownOptions known, Function<IndexingOptions, Job> job) {
    return commandLine(known, job, List.of());
  }

  /**
   * The command line with all its commands.
   *
   * @param known the options that the commands accept
   * @param job creates the job that {@code index} runs
   * @param arguments of a process, whose first decides the only command that is wanted, if it is
   *     one of those with settings: to describe the others to picocli, and the options that are not
   *     among the arguments, takes longer than a question to the database
   */
  private static CommandLine commandLine(
      KnownOptions known, Function<IndexingOptions, Job> job, List<String> arguments) {
    CommandLine commandLine = new CommandLine(new Indexer());
    Map<String, Supplier<SettingsCommand>> commands = new LinkedHashMap<>();
    commands.put("index", () -> new IndexCommand(known, job));
    commands.put("check", () -> new CheckCommand(known));
    commands.put("suggest", () -> new SuggestCommand(known));
    commands.put("replay", () -> new ReplayCommand(known));
    commands.put("graph", () -> new GraphCommand(known));
    commands.put("export", () -> new ExportCommand(known));
    commands.put("show", () -> new ShowCommand(known));
    commands.put("search", () -> new SearchCommand(known));
    commands.put("status", () -> new StatusCommand(known));
    commands.put("report", () -> new ReportCommand(known));
    commands.put("embed", () -> new EmbedCommand(known));
    commands.put("evaluate", () -> new EvaluateCommand(known));
    String asked = arguments.isEmpty() ? "" : arguments.get(0);
    Supplier<SettingsCommand> wanted = commands.get(asked);
    if (wanted != null) {
      commandLine.addSubcommand(asked, subcommand(wanted.get(), known, arguments));
    } else {
      commandLine.addSubcommand(new InitCommand(Path.of("")));
      commands.forEach(
          (name, command) ->
              commandLine.addSubcommand(name, subcommand(command.get(), known, List.of())));
      commandLine.addSubcommand(new TrainCommand());
    }
    // A file may be named @x; picocli would read arguments from it.
    commandLine.setExpandAtFiles(false);
    commandLine.setUsageHelpWidth(100);
    commandLine.setParameterExceptionHandler(new UsageErrorMessage(known));
    return commandLine;
  }

  private static CommandLine subcommand(
      SettingsCommand command, KnownOptions known, List<String> arguments) {
    CommandLine subcommand = new CommandLine(command);
    CommandLine.Model.CommandSpec spec = subcommand.getCommandSpec();
    boolean isAll = arguments.isEmpty() || arguments.stream().anyMatch(HELP_FLAGS::contains);
    OptionFlags.addTo(spec, isAll ? known.all() : known.among(arguments));
    if (command instanceof JobCommand) {
      OptionsHelp.addTo(spec, known);
    }
    return subcommand;
  }

  /** Reports that the command is missing, and lists the commands. */
  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "no command given; there is " + String.join(", ", commands()));
  }

  private List<String> commands() {
    return List.copyOf(spec.subcommands().keySet());
  }

  /** The version of the project, from the jar's manifest. */
  static final class Version implements IVersionProvider {

    private static final String TEXT =
        "iris-graph-indexer "
            + Objects.requireNonNullElse(
                Indexer.class.getPackage().getImplementationVersion(), "(not from a jar)");

    @Override
    public String[] getVersion() {
      return new String[] {TEXT};
    }
  }

  /** Prints one line per problem. */
  static void printErrors(PrintWriter err, List<String> problems) {
    problems.forEach(problem -> err.println("error: " + problem));
    err.flush();
  }
}

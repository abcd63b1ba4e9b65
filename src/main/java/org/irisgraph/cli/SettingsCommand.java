package org.irisgraph.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.irisgraph.base.ProgramFile;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.Setting;
import org.irisgraph.options.Settings;
import org.irisgraph.options.SettingsFile;
import org.irisgraph.options.UsageException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * A command with settings files and flags. Reads them, configures logging, and turns failures into
 * error lines and an exit code.
 */
abstract class SettingsCommand implements Callable<Integer> {

  private static final Set<String> OF_DATABASE =
      Set.of("jdbcUrl", "jdbcUser", "jdbcPasswordFrom", "jdbcProperties", "schema", "ledgerSchema");

  /** A replay reads a part of the input, once. */
  private static final Set<String> ONLY_OF_ALL_INPUT = Set.of("deleteMissing", "watch");

  @Parameters(
      paramLabel = "FILE.yaml",
      arity = "0..*",
      description =
          "Settings files, each a map of option: value; later files override earlier ones, flags"
              + " override files.")
  private List<Path> files = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // Set by picocli.
  @Spec
  private CommandSpec spec;

  private final KnownOptions known;

  SettingsCommand(KnownOptions known) {
    this.known = known;
  }

  /** Runs the command and returns the exit code. */
  abstract int run(IndexingOptions options) throws Exception;

  @Override
  public final Integer call() {
    boolean stacktrace = spec.commandLine().getParseResult().hasMatchedOption("--stacktrace");
    try {
      IndexingOptions options;
      try {
        options = options();
      } catch (UsageException e) {
        return refused(e);
      }
      stacktrace = options.isStacktrace();
      LoggingSetup.apply(options.getLogFormat(), stacktrace);
      return run(options);
    } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError e) {
      return FailureReport.print(spec.commandLine(), e, stacktrace);
    } finally {
      ended();
    }
  }

  /**
   * Reports settings that cannot be read, and returns the exit code.
   *
   * @throws UsageException to be reported as wrong usage, unless a command overrides this
   */
  int refused(UsageException problem) throws Exception {
    throw problem;
  }

  /**
   * Selects the settings files among the arguments; a command that takes other arguments overrides
   * this.
   *
   * @throws UsageException if the command cannot use an argument
   */
  List<Path> settingsFiles(List<Path> arguments) {
    return arguments;
  }

  /** Whether an argument names a settings file. */
  static boolean isSettingsFile(Path argument) {
    String name = argument.toString().toLowerCase(Locale.ROOT);
    return (name.endsWith(".yaml") || name.endsWith(".yml")) && !Files.isDirectory(argument);
  }

  /** Called after all output is flushed, also after a failure. */
  void ended() {}

  final KnownOptions known() {
    return known;
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** The settings files, and the flags that name the database, for another command. */
  final List<String> databaseArguments() {
    return arguments(OF_DATABASE::contains);
  }

  /** The settings files, and the flags with which {@code replay} does the same as this command. */
  final List<String> replayArguments() {
    return arguments(flag -> !ONLY_OF_ALL_INPUT.contains(flag));
  }

  private List<String> arguments(Predicate<String> isWanted) {
    List<String> arguments = new ArrayList<>();
    settingsFiles(files).forEach(file -> arguments.add(file.toString()));
    for (Setting flag : OptionFlags.settings(spec.commandLine().getParseResult(), known)) {
      if (isWanted.test(flag.name())) {
        flag.values().forEach(value -> arguments.add("--%s=%s".formatted(flag.name(), value)));
      }
    }
    return arguments;
  }

  final void err(String problem) {
    Indexer.printErrors(spec.commandLine().getErr(), List.of(problem));
  }

  private IndexingOptions options() {
    List<SettingsFile> read = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path file : settingsFiles(files)) {
      try {
        read.add(SettingsFile.read(Path.of(ProgramFile.find(file.toString()))));
      } catch (UsageException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    return options(
        new Settings(
            known, read, OptionFlags.settings(spec.commandLine().getParseResult(), known)));
  }

  /** The options of the settings; a command that starts no pipeline overrides this. */
  IndexingOptions options(Settings settings) {
    return settings.toOptions();
  }
}

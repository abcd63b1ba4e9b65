package org.irisgraph.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.cli.CommandRun;
import org.irisgraph.jdbc.ConnectionSettings;

/**
 * The command line in a process of its own, as users start it, and in this JVM, which is ten times
 * cheaper once it is warm: for runs that are neither killed nor looked at as a process.
 */
final class IndexerProcess {

  /**
   * For a process with nothing to do at the same time: the Direct runner's driver polls on its
   * second thread without a pause.
   */
  static final String ONE_THREAD = "--targetParallelism=1";

  private IndexerProcess() {}

  /** A run of the pipeline {@code test} over a {@link TestCorpus}, not yet started. */
  static ProcessBuilder of(Path corpus, ConnectionSettings target, String... more) {
    return of(corpus, List.of("**.jsonl", "**.txt", "**.md"), target, more);
  }

  /** The same over other files of a folder that has a dictionary, too. */
  static ProcessBuilder of(
      Path corpus, List<String> globs, ConnectionSettings target, String... more) {
    return of(target, arguments(corpus, globs, more));
  }

  /** Runs the same in this JVM. */
  static CommandRun here(Path corpus, ConnectionSettings target, String... more) {
    return here(target, arguments(corpus, List.of("**.jsonl", "**.txt", "**.md"), more));
  }

  private static List<String> arguments(Path corpus, List<String> globs, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.add(
        "--input=" + String.join(",", globs.stream().map(glob -> corpus + "/" + glob).toList()));
    arguments.add("--dictionary=" + corpus + "/dictionary.tsv");
    arguments.addAll(List.of(more));
    return arguments;
  }

  /**
   * A run of the pipeline {@code test} over what the arguments name, which links if they say so.
   */
  static ProcessBuilder of(ConnectionSettings target, List<String> arguments) {
    List<String> command = PackagedProgram.command("512m");
    command.addAll(index(target, arguments));
    if (!arguments.contains(ONE_THREAD)) {
      command.add("--targetParallelism=2");
    }
    return new ProcessBuilder(command);
  }

  /** Runs the same in this JVM, on one thread, as {@link IndexingRun} does. */
  static CommandRun here(ConnectionSettings target, List<String> arguments) {
    List<String> command = index(target, arguments);
    command.add(ONE_THREAD);
    return CommandRun.of(command.toArray());
  }

  private static List<String> index(ConnectionSettings target, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("index", "--pipeline=test"));
    command.add("--jdbcUrl=" + target.jdbcUrl());
    if (target.user() != null) {
      command.add("--jdbcUser=" + target.user());
    }
    command.addAll(List.of("--createTables=true", "--batchRows=100"));
    command.addAll(arguments);
    if (arguments.stream().noneMatch(argument -> argument.startsWith("--linkEntities="))) {
      command.add("--linkEntities=none");
    }
    return command;
  }
}

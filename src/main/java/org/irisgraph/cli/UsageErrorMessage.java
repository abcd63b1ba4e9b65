package org.irisgraph.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.irisgraph.options.KnownOptions;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reports wrong arguments in one line each, without picocli's usage text. Never repeats the value
 * of an unknown flag: it may be a password.
 */
final class UsageErrorMessage implements IParameterExceptionHandler {

  private final KnownOptions known;

  UsageErrorMessage(KnownOptions known) {
    this.known = known;
  }

  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    CommandLine commandLine = exception.getCommandLine();
    Indexer.printErrors(commandLine.getErr(), problems(exception));
    return CommandLine.ExitCode.USAGE;
  }

  private List<String> problems(ParameterException exception) {
    if (!(exception instanceof UnmatchedArgumentException unmatched)) {
      return List.of(firstLine(exception));
    }
    List<String> problems = new ArrayList<>();
    for (String argument : unmatched.getUnmatched()) {
      if (argument.startsWith("--")) {
        problems.add(known.unknown(name(argument).substring(2)));
      }
    }
    return problems.isEmpty() ? List.of(firstUnknown(unmatched)) : problems;
  }

  private static String firstUnknown(UnmatchedArgumentException unmatched) {
    String argument = name(unmatched.getUnmatched().get(0));
    CommandLine commandLine = unmatched.getCommandLine();
    return commandLine.getSubcommands().isEmpty()
        ? "unknown option \"%s\"; options are written --option=value".formatted(argument)
        : "unknown command \"%s\"; there is %s"
            .formatted(argument, String.join(", ", commandLine.getSubcommands().keySet()));
  }

  /** A flag without its value, which follows the letter of a short one. */
  private static String name(String argument) {
    boolean isShort = argument.matches("(?s)-[^-].*");
    return isShort ? argument.substring(0, 2) : argument.split("=", 2)[0];
  }

  private static String firstLine(ParameterException exception) {
    return Objects.requireNonNullElse(exception.getMessage(), "wrong usage")
        .lines()
        .findFirst()
        .orElse("wrong usage");
  }
}

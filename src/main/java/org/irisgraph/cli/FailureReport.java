package org.irisgraph.cli;

import java.io.PrintWriter;
import java.util.List;
import org.irisgraph.options.UsageException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** Turns what ended a command into a line for each thing that is wrong, and an exit code. */
final class FailureReport {

  private FailureReport() {}

  /**
   * Prints what a person can act on.
   *
   * @return 2 if usage or settings are wrong, else 1
   */
  static int print(CommandLine commandLine, Throwable failure, boolean stacktrace) {
    PrintWriter err = commandLine.getErr();
    boolean usage = failure instanceof UsageException;
    Indexer.printErrors(
        err,
        failure instanceof UsageException wrong
            ? wrong.problems()
            : List.of(FailureMessage.of(failure)));
    if (stacktrace) {
      failure.printStackTrace(err);
      err.flush();
    }
    return usage ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }
}

package org.irisgraph.cli;

import java.io.PrintWriter;
import java.util.List;
import org.irisgraph.base.Causes;
import org.irisgraph.options.UsageException;
import org.irisgraph.runner.StoppedRunException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** Prints why a command failed, one line per problem, and chooses the exit code. */
final class FailureReport {

  private FailureReport() {}

  /**
   * Prints the problems and, on request, the stack trace.
   *
   * @return 2 if usage or settings are wrong, else 1
   */
  static int print(CommandLine commandLine, Throwable failure, boolean stacktrace) {
    PrintWriter err = commandLine.getErr();
    if (Causes.first(failure, StoppedRunException.class).isPresent()) {
      // Asked for, so no error; the JVM exits with the code of the signal.
      err.println(FailureMessage.of(failure));
      err.flush();
      return ExitCode.SOFTWARE;
    }
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

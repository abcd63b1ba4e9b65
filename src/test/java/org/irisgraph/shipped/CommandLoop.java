package org.irisgraph.shipped;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.irisgraph.cli.Main;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.run.IndexingJob;
import org.irisgraph.run.Job;
import picocli.CommandLine;

/**
 * The program as a JVM that runs one command after the other. See {@link WarmProgram} for the files
 * by which it is asked.
 */
public final class CommandLoop {

  private CommandLoop() {}

  public static void main(String[] arguments) throws Exception {
    Path channel = Path.of(arguments[0]);
    // Not public, and in a package whose version is that of the jar only if the jar comes first.
    Method commandLine =
        Class.forName(Main.class.getPackageName() + ".Indexer")
            .getDeclaredMethod("commandLine", Function.class);
    commandLine.setAccessible(true);
    Function<IndexingOptions, Job> job = IndexingJob::new;
    while (true) {
      String[] command = receive(channel.resolve(WarmProgram.ARGUMENTS));
      int exitCode;
      try (PrintStream out = redirected(channel.resolve(WarmProgram.OUT));
          PrintStream err = redirected(channel.resolve(WarmProgram.ERR))) {
        System.setOut(out);
        System.setErr(err);
        exitCode = ((CommandLine) commandLine.invoke(null, job)).execute(command);
      }
      Files.writeString(channel.resolve(WarmProgram.EXIT_CODE), Integer.toString(exitCode));
    }
  }

  /** Waits for a command. */
  private static String[] receive(Path pipe) throws Exception {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    try (InputStream in = Files.newInputStream(pipe)) {
      in.transferTo(received);
    }
    String command = received.toString(UTF_8);
    return command.isEmpty() ? new String[0] : command.split("\0", -1);
  }

  private static PrintStream redirected(Path file) throws Exception {
    // In the encoding that the JVM's own has.
    return new PrintStream(Files.newOutputStream(file), true);
  }
}

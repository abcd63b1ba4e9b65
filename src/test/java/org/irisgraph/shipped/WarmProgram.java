package org.irisgraph.shipped;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.irisgraph.runner.EndsWithParent;

/**
 * The packaged program in one JVM for many commands, each of which would otherwise start its own: a
 * run in a JVM that has seen one takes a fraction of the processor's time. A script stands in for
 * the launcher, and passes the arguments and what is printed through files and named pipes.
 */
final class WarmProgram implements AutoCloseable {

  /** A pipe with the arguments, each followed by a null byte but for the last. */
  static final String ARGUMENTS = "arguments";

  static final String OUT = "out";
  static final String ERR = "err";

  /** A pipe, written when all is printed. */
  static final String EXIT_CODE = "exit-code";

  private static final String LAUNCHER =
      """
      #!/bin/sh
      # Has a JVM that runs already execute the command.
      channel='%s'
      separator=
      for argument; do
        printf "$separator%%s" "$argument"
        separator='\\0'
      done > "$channel/arguments"
      code=$(cat "$channel/exit-code")
      cat "$channel/out"
      cat "$channel/err" >&2
      exit "$code"
      """;

  private final Path channel;
  private final Process process;

  private WarmProgram(Path channel, Process process) {
    this.channel = channel;
    this.process = process;
  }

  /**
   * Starts the JVM.
   *
   * @param jar of the program
   * @param workingDirectory of all commands
   * @param channel a directory for the files that are exchanged
   * @param options of the JVM
   */
  static WarmProgram start(Path jar, Path workingDirectory, Path channel, List<String> options)
      throws Exception {
    // Of the tests' classes these alone, after the jar.
    for (Class<?> type : List.of(EndsWithParent.class, CommandLoop.class, WarmProgram.class)) {
      String file = type.getName().replace('.', '/') + ".class";
      Path copy = channel.resolve("classes").resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).resolve(file),
          copy,
          StandardCopyOption.REPLACE_EXISTING);
    }
    for (String pipe : List.of(ARGUMENTS, EXIT_CODE)) {
      int exitCode =
          new ProcessBuilder("mkfifo", channel.resolve(pipe).toString()).start().waitFor();
      if (exitCode != 0) {
        throw new IOException("mkfifo ended with " + exitCode);
      }
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    // What java -jar reads from the manifest.
    try (JarFile file = new JarFile(jar.toFile())) {
      Stream.of(file.getManifest().getMainAttributes().getValue("Add-Opens").split(" ", -1))
          .forEach(opened -> command.add("--add-opens=" + opened + "=ALL-UNNAMED"));
    }
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(channel.resolve("tmp")));
    command.addAll(List.of("-cp", jar + File.pathSeparator + channel.resolve("classes")));
    command.addAll(
        List.of(EndsWithParent.class.getName(), CommandLoop.class.getName(), channel.toString()));
    return new WarmProgram(
        channel,
        new ProcessBuilder(command)
            .directory(workingDirectory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(channel.resolve("log.txt").toFile())
            .start());
  }

  /** Puts the script in the place of the launcher. */
  void replace(Path launcher) throws IOException {
    Files.writeString(launcher, LAUNCHER.formatted(channel));
    if (!launcher.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + launcher + " executable");
    }
  }

  /** What the JVM printed outside of commands, and whether it lives. */
  String state() throws IOException {
    return "the JVM %s\n%s"
        .formatted(
            process.isAlive() ? "is alive" : "ended with " + process.exitValue(),
            Files.readString(channel.resolve("log.txt"), UTF_8));
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}

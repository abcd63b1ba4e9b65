package org.irisgraph.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The jar that {@code mvn package} has made, started as {@code bin/iris-graph-indexer} does. */
public final class PackagedProgram {

  private PackagedProgram() {}

  /**
   * The beginning of a command line, to which the program's arguments are added; independent of the
   * working directory.
   *
   * @param heap the largest heap, as in {@code 512m}
   */
  public static List<String> command(String heap) {
    String target = Path.of("target/iris-graph-indexer").toAbsolutePath().toString();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    // Runs of tests are short, and start fastest with the first compiler and the class archive.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    // As those of the tests themselves, and of their parsers.
    command.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote"));
    command.addAll(List.of("-XX:SharedArchiveFile=" + target + ".jsa", "-Xlog:disable"));
    command.addAll(List.of("-jar", target + ".jar"));
    return command;
  }
}

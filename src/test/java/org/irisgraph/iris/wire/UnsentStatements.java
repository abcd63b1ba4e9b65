package org.irisgraph.iris.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Names the statement forms of the catalogue that no test has sent to the stand-in: their lines
 * show nothing, or a test is missing. The build runs this file as it is, after all tests, and goes
 * on: {@code java UnsentStatements.java CATALOGUE DIRECTORY SELECTION…}, in which a selection of
 * tests that was given on the command line ends it, as does a directory that is missing.
 */
final class UnsentStatements {

  private UnsentStatements() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[1]);
    // Maven leaves a property that is not set as it is written.
    boolean some = List.of(arguments).stream().skip(2).anyMatch(each -> !each.startsWith("${"));
    if (some || !Files.isDirectory(directory)) {
      return;
    }
    List<String> unsent = unsent(Path.of(arguments[0]), directory);
    if (!unsent.isEmpty()) {
      System.err.printf(
          "No test has sent a statement of these forms; delete their lines in %s, or test them:%n",
          arguments[0]);
      unsent.forEach(form -> System.err.println("  " + form));
    }
  }

  /** The forms of a catalogue that are in no file of a directory. */
  static List<String> unsent(Path catalogue, Path directory) throws IOException {
    Set<String> sent = new HashSet<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        sent.addAll(Files.readAllLines(file, StandardCharsets.UTF_8));
      }
    }
    return Files.readAllLines(catalogue, StandardCharsets.UTF_8).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.substring(0, line.indexOf('\t')))
        .filter(form -> !sent.contains(form))
        .toList();
  }
}

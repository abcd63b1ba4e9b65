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
 * Fails if the catalogue has a form that no test has sent to the stand-in: its line shows nothing,
 * or a test is missing. The build runs this file as it is, after all tests: {@code java
 * UnsentStatements.java CATALOGUE DIRECTORY SELECTION…}, in which a selection of tests that was
 * given on the command line ends it, as does a directory that is missing.
 */
final class UnsentStatements {

  /** In the purpose of a line, before the reason why its form is not sent. */
  private static final String EXCEPTION = "no test sends it: ";

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
          "No test has sent a statement of these forms. Delete their lines in %s, test them, or add"
              + " \"%s\" and the reason to their purpose:%n",
          arguments[0], EXCEPTION.strip());
      unsent.forEach(form -> System.err.println("  " + form));
      System.exit(1);
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
        .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.contains(EXCEPTION))
        .map(line -> line.substring(0, line.indexOf('\t')))
        .filter(form -> !sent.contains(form))
        .toList();
  }
}

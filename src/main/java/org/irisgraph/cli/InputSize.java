package org.irisgraph.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.files.InputProbe;
import org.irisgraph.options.Setting;
import org.irisgraph.options.SettingsFile;

/**
 * Tells {@code bin/iris-graph-indexer} whether the input of a run is small, before the JVM of the
 * run starts: Java cannot choose its compilers later. Uses neither Beam nor the command line's
 * parser, and leaves faults to the run.
 */
final class InputSize {

  /** The largest small input, in bytes of text; {@code docs/benchmarks.md} has the measurement. */
  static final long SMALL_BYTES = 5_000_000;

  private static final String INPUT = "input";
  private static final String FLAG = "--" + INPUT;

  private InputSize() {}

  /** Prints {@code small}, or nothing if the input is large or its size is not known. */
  public static void main(String[] arguments) {
    if (isSmall(List.of(arguments))) {
      System.out.println("small");
    }
  }

  static boolean isSmall(List<String> arguments) {
    try {
      return InputProbe.isWithin(SMALL_BYTES, globs(arguments));
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /** Flags win over files, and later files over earlier ones. */
  private static List<String> globs(List<String> arguments) {
    List<String> inFiles = List.of();
    List<String> inFlags = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith(FLAG + "=")) {
        inFlags.add(argument.substring(FLAG.length() + 1));
      } else if (argument.equals(FLAG) && i + 1 < arguments.size()) {
        inFlags.add(arguments.get(++i));
      } else if (argument.endsWith(".yaml") && !argument.startsWith("-")) {
        for (Setting setting : SettingsFile.read(Path.of(argument)).settings()) {
          inFiles = setting.name().equals(INPUT) ? setting.values() : inFiles;
        }
      }
    }
    return (inFlags.isEmpty() ? inFiles : inFlags)
        .stream().flatMap(globs -> List.of(globs.split(",")).stream()).toList();
  }
}

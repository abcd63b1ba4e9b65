package org.irisgraph.cli;

import java.util.function.Predicate;
import org.irisgraph.base.ProgramFile;
import org.jspecify.annotations.Nullable;

/**
 * Where the jars start. Uses nothing but the JDK before it knows that the libraries are there,
 * which would be missed by a {@code NoClassDefFoundError} otherwise.
 */
public final class Main {

  /** A class of a library that both jars need. */
  static final String LIBRARY = "picocli.CommandLine";

  /** A class that the bundled jar leaves to the cluster. */
  static final String LEFT_TO_CLUSTER = "org.slf4j.Logger";

  private Main() {}

  public static void main(String[] arguments) {
    String problem = problem(Main::isThere);
    if (problem == null) {
      Indexer.main(arguments);
    } else {
      System.err.println("error: " + problem);
      System.exit(2);
    }
  }

  /** What is missing, in a line, or null if nothing is. */
  static @Nullable String problem(Predicate<String> isThere) {
    if (!isThere.test(LIBRARY)) {
      return "the folder lib is missing beside "
          + ProgramFile.path()
          + ": keep both together, as mvn package and the archive of the program have them";
    }
    if (!isThere.test(LEFT_TO_CLUSTER)) {
      return ProgramFile.path().getFileName()
          + " is what the workers of a Flink cluster get; start"
          + " bin/iris-graph-indexer index FILE.yaml runner-configs/flink-cluster.yaml, which sends"
          + " it to them";
    }
    return null;
  }

  private static boolean isThere(String type) {
    try {
      Class.forName(type, false, Main.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}

package org.irisgraph.runner;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.irisgraph.options.UsageException;

/** The jar that is shipped to a Flink cluster: everything that the cluster does not have. */
public final class BundledJar {

  public static final String NAME = "iris-graph-indexer-bundled.jar";

  private BundledJar() {}

  /**
   * Finds the jar, which the build puts beside the program.
   *
   * @throws UsageException if it is missing
   */
  static Path find() {
    Path program;
    try {
      program =
          Path.of(BundledJar.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the place of this program is not a path", e);
    }
    return beside(program);
  }

  /** Finds it beside the program's own jar or directory of classes. */
  static Path beside(Path program) {
    Path jar = program.resolveSibling(NAME);
    if (!Files.isRegularFile(jar)) {
      throw new UsageException(
          "a Flink cluster needs %s, which is missing: make it with mvn package, or name it with --filesToStage"
              .formatted(jar));
    }
    return jar;
  }
}

package org.irisgraph.runner;

import java.nio.file.Path;
import java.util.List;

/** Directs the native code that libraries unpack into a directory. */
public final class UnpackedLibraries {

  /** Snappy compresses what Flink and Beam exchange, JLine draws the progress bar. */
  private static final List<String> PROPERTIES =
      List.of("org.xerial.snappy.tempdir", "jline.tmpdir");

  private UnpackedLibraries() {}

  /** Names the directory for libraries that have not been loaded yet. */
  public static void moveTo(Path directory) {
    for (String property : PROPERTIES) {
      if (System.getProperty(property) == null) {
        System.setProperty(property, directory.toString());
      }
    }
  }
}

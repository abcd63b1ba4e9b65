package org.irisgraph.base;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where this program is, and what comes with it. */
public final class ProgramFile {

  private ProgramFile() {}

  /** Its jar, or the directory of its classes. */
  public static Path path() {
    try {
      return Path.of(ProgramFile.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the place of this program is not a path", e);
    }
  }

  /**
   * Finds a file, or the folder of a glob, that comes with the program: {@code
   * pipelines/quickstart.yaml} is that of the program where the working directory has no such file.
   *
   * @return the path as it is given, unless it is found beside the program only
   */
  public static String find(String path) {
    return find(path, Path.of(""), path());
  }

  static String find(String path, Path workingDirectory, Path program) {
    if (!path.startsWith("pipelines/") && !path.startsWith("runner-configs/")) {
      return path;
    }
    String fixed = path.replaceFirst("/[^/]*[*?\\[{].*", "");
    if (Files.exists(workingDirectory.resolve(fixed))) {
      return path;
    }
    // Beside the jar in an installed program, one above in a clone.
    for (@Nullable Path folder = program.getParent();
        folder != null && folder.getNameCount() >= program.getNameCount() - 2;
        folder = folder.getParent()) {
      if (Files.exists(folder.resolve(fixed))) {
        return folder.resolve(fixed) + path.substring(fixed.length());
      }
    }
    return path;
  }
}

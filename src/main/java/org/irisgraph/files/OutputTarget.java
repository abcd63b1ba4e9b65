package org.irisgraph.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The place that a file is written to.
 *
 * @param path the path after all links, absolute
 * @param isInPlace whether it is written to as it is: a device, a pipe, a socket or an open file of
 *     the process, which a renamed file would replace
 */
record OutputTarget(Path path, boolean isInPlace) {

  /** As many as Linux follows. */
  private static final int MAX_LINKS = 40;

  /** Its links lead to open files and are no paths; {@code /dev/stdout} leads there. */
  private static final Path OPEN_FILES = Path.of("/proc");

  /**
   * Follows the links of a path; the last one may lead to a file that does not exist yet.
   *
   * @throws IOException if a link cannot be read
   */
  static OutputTarget of(Path file) throws IOException {
    Path path = file.toAbsolutePath();
    for (int i = 0; i < MAX_LINKS && Files.isSymbolicLink(path); i++) {
      Path directory = directory(path).toRealPath();
      if (directory.startsWith(OPEN_FILES)) {
        return new OutputTarget(path, true);
      }
      path = directory.resolve(Files.readSymbolicLink(path));
    }
    if (Files.isSymbolicLink(path)) {
      throw new FileSystemException(file.toString(), null, "too many levels of links");
    }
    return new OutputTarget(path, Files.exists(path) && !Files.isRegularFile(path));
  }

  /** The directory of the path. */
  Path directory() {
    return directory(path);
  }

  private static Path directory(Path path) {
    return Objects.requireNonNull(path.getParent(), "a file has a directory");
  }
}

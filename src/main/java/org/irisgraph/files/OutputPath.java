package org.irisgraph.files;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A place that a run will write to. What is wrong with it is found before the run: after hours of
 * work it would cost the run's figures.
 *
 * @param option the option that names it
 * @param path where it is; what is missing above it will be made
 */
public record OutputPath(String option, String path) {

  /** Why no file can be written there. */
  public Optional<String> problemOfFile() {
    return problem("a directory, not a file", false);
  }

  /** Why no files can be written below it. */
  public Optional<String> problemOfDirectory() {
    return problem("a file, not a directory", true);
  }

  private Optional<String> problem(String wrongKind, boolean directory) {
    Path wanted;
    try {
      wanted = Path.of(path).toAbsolutePath();
    } catch (InvalidPathException e) {
      return Optional.of("%s \"%s\" is no path: %s".formatted(option, path, e.getReason()));
    }
    if (Files.exists(wanted) && Files.isDirectory(wanted) != directory) {
      return Optional.of("%s \"%s\" is %s".formatted(option, path, wrongKind));
    }
    Path existing = wanted;
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!existing.equals(wanted) && !Files.isDirectory(existing)) {
      return Optional.of(
          "%s \"%s\": \"%s\" is a file, not a directory".formatted(option, path, existing));
    }
    // A file is written beside itself first, so that nobody sees half of it.
    for (Path place : directory ? List.of(existing) : List.of(existing, folder(existing))) {
      if (!Files.isWritable(place)) {
        return Optional.of(
            "%s \"%s\": no permission to write to \"%s\"".formatted(option, path, place));
      }
    }
    return Optional.empty();
  }

  private static Path folder(Path existing) {
    return Files.isDirectory(existing) ? existing : existing.getParent();
  }
}

package org.irisgraph.files;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A path that a run will write to. Problems are found before the run, since afterwards they would
 * cost its results.
 *
 * @param option the option that names it
 * @param path the path; missing directories will be created
 */
public record OutputPath(String option, String path) {

  private static final String ELSEWHERE = ": name another place";

  /** Explains why no file can be written there; empty if it can. */
  public Optional<String> problemOfFile() {
    return problem("a directory, not a file: name a file", false);
  }

  /** Explains why no files can be written below it; empty if they can. */
  public Optional<String> problemOfDirectory() {
    return problem("a file, not a directory" + ELSEWHERE, true);
  }

  private Optional<String> problem(String wrongKind, boolean directory) {
    OutputTarget target;
    try {
      target = OutputTarget.of(Path.of(path));
    } catch (InvalidPathException e) {
      return Optional.of("%s \"%s\" is not a path: %s".formatted(option, path, e.getReason()));
    } catch (IOException e) {
      return Optional.of("%s \"%s\": a link cannot be followed: %s".formatted(option, path, e));
    }
    Path wanted = target.path();
    if (Files.exists(wanted) && Files.isDirectory(wanted) != directory) {
      return Optional.of("%s \"%s\" is %s".formatted(option, path, wrongKind));
    }
    Path existing = wanted;
    while (!Files.exists(existing)) {
      existing = folder(existing);
    }
    if (!existing.equals(wanted) && !Files.isDirectory(existing)) {
      return Optional.of(
          "%s \"%s\": \"%s\" is a file, not a directory%s"
              .formatted(option, path, existing, ELSEWHERE));
    }
    // A file is written beside its target first, see AtomicFile.
    for (Path place :
        directory || target.isInPlace() ? List.of(existing) : List.of(existing, folder(existing))) {
      if (!Files.isWritable(place)) {
        return Optional.of(
            "%s \"%s\": no permission to write to \"%s\": give it, or name another place"
                .formatted(option, path, place));
      }
    }
    return Optional.empty();
  }

  private static Path folder(Path existing) {
    return Files.isDirectory(existing)
        ? existing
        : requireNonNull(existing.getParent(), "an absolute path has a root, which exists");
  }
}

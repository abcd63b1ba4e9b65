package org.irisgraph.plan;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.irisgraph.files.FileSystemProfiles;
import org.irisgraph.files.InputFiles;
import org.jspecify.annotations.Nullable;

/** Looks up files that options name. */
final class FileRules {

  private FileRules() {}

  /** Checks a file that the run reads, if the option is set. */
  static void checkFile(String option, @Nullable String file, List<String> problems) {
    if (file == null) {
      return;
    }
    if (isLocalDirectory(file)) {
      problems.add("%s \"%s\" is a directory, not a file".formatted(option, file));
    } else if (!matches(option, file, problems).orElse(true)) {
      boolean isRelative = !file.contains("://") && !new File(file).isAbsolute();
      problems.add(
          "%s file \"%s\" does not exist%s"
              .formatted(option, file, isRelative ? " in " + Path.of("").toAbsolutePath() : ""));
    }
  }

  /** Whether a file matches; empty, and a problem, if the file system cannot be asked. */
  static Optional<Boolean> matches(String option, String glob, List<String> problems) {
    try {
      return Optional.of(InputFiles.any(glob));
    } catch (FileNotFoundException e) {
      return Optional.of(false);
    } catch (IOException | IllegalArgumentException e) {
      problems.add(
          "%s \"%s\" cannot be looked up: %s"
              .formatted(option, glob, FileSystemProfiles.advice(e).orElse(e.getMessage())));
      return Optional.empty();
    }
  }

  static boolean isLocalDirectory(String file) {
    try {
      return Files.isDirectory(Path.of(file));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}

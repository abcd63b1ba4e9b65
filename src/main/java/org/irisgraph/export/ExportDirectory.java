package org.irisgraph.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.irisgraph.files.AtomicFile;
import org.irisgraph.files.OutputPath;
import org.irisgraph.options.UsageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory that an export writes to. Files of earlier exports in it are replaced. */
public final class ExportDirectory {

  private static final Logger LOG = LoggerFactory.getLogger(ExportDirectory.class);

  private ExportDirectory() {}

  /**
   * Checks that a directory, which may be missing, can take the files. A mistyped one must not get
   * files among those of another program.
   *
   * @param force whether it may hold files that no export wrote
   * @throws UsageException if files cannot or should not be written there
   */
  public static void check(Path directory, boolean force) {
    Optional<String> problem =
        new OutputPath("the directory", directory.toString()).problemOfDirectory();
    if (problem.isPresent()) {
      throw new UsageException(problem.get());
    }
    if (force || !Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      Optional<String> other =
          files.map(ExportDirectory::name).filter(name -> !isOfExport(name)).sorted().findFirst();
      if (other.isPresent()) {
        throw new UsageException(
            "the directory \"%s\" holds files that no export wrote, such as \"%s\": name another one, or add --force to write beside them"
                .formatted(directory, other.get()));
      }
    } catch (IOException e) {
      throw new UsageException("the directory \"%s\" cannot be read: %s".formatted(directory, e));
    }
  }

  /** Deletes what an export has left that was killed: it may be large. */
  static void deleteUnfinished(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    List<Path> unfinished;
    try (Stream<Path> files = Files.list(directory)) {
      unfinished = files.filter(file -> isUnfinished(name(file))).toList();
    }
    for (Path file : unfinished) {
      LOG.info("deletes {}, which a killed export has left", file);
      Files.deleteIfExists(file);
    }
  }

  private static boolean isOfExport(String name) {
    return ExportFormat.allNames().contains(name) || isUnfinished(name);
  }

  private static boolean isUnfinished(String name) {
    return ExportFormat.allNames().stream().anyMatch(own -> AtomicFile.isUnfinished(name, own));
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}

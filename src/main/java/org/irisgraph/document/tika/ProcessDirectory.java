package org.irisgraph.document.tika;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a parser's process keeps its document and its temporary files; nothing of it stays. */
final class ProcessDirectory {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessDirectory.class);

  private static final int MAX_TRIES = 10;

  private ProcessDirectory() {}

  /** How the names of a worker's directories begin. */
  static String prefix(long worker) {
    return "iris-graph-indexer-%d-parser".formatted(worker);
  }

  static Path create() throws IOException {
    return Files.createTempDirectory(prefix(ProcessHandle.current().pid()));
  }

  /** Deletes a directory, to which a parser that goes on may still be writing. */
  static void delete(Path directory) {
    for (int tries = 0; tries < MAX_TRIES && Files.exists(directory); tries++) {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      } catch (IOException | UncheckedIOException e) {
        LOG.debug("{} is still in use: {}", directory, e.getMessage());
      }
    }
  }
}

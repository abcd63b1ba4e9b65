package org.irisgraph.document.tika;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.irisgraph.base.Directories;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of a parser process, with its document and its temporary files. */
final class ProcessDirectory {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessDirectory.class);

  private static final int MAX_TRIES = 10;

  private ProcessDirectory() {}

  /** The prefix of the names of a worker's directories. */
  static String prefix(long worker) {
    return "iris-graph-indexer-%d-parser".formatted(worker);
  }

  static Path create() throws IOException {
    return Files.createTempDirectory(prefix(ProcessHandle.current().pid()));
  }

  /** Deletes a directory to which a parser may still be writing; tries several times. */
  static void delete(Path directory) {
    for (int tries = 0; tries < MAX_TRIES && Files.exists(directory); tries++) {
      try {
        Directories.delete(directory);
      } catch (IOException | UncheckedIOException e) {
        LOG.debug("{} is still in use: {}", directory, e.getMessage());
      }
    }
  }
}

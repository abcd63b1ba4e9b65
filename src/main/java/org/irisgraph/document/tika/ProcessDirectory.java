package org.irisgraph.document.tika;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.irisgraph.base.Directories;
import org.irisgraph.base.TemporaryDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of a parser process, with its document and its temporary files. */
final class ProcessDirectory {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessDirectory.class);

  private static final int MAX_TRIES = 10;

  static final String PREFIX = "parser";

  private ProcessDirectory() {}

  static Path in(TemporaryDirectory worker) throws IOException {
    return Files.createTempDirectory(worker.path(), PREFIX);
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

package org.irisgraph.document.tika;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.irisgraph.base.TemporaryDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a parser's process keeps its document and its temporary files; nothing of it stays. */
final class ProcessDirectory {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessDirectory.class);

  private static final int MAX_TRIES = 10;

  static final String PREFIX = "parser";

  private ProcessDirectory() {}

  static Path in(TemporaryDirectory worker) throws IOException {
    return Files.createTempDirectory(worker.path(), PREFIX);
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

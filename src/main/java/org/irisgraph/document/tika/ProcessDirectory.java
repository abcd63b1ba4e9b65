package org.irisgraph.document.tika;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where a parser's process keeps its document and its temporary files; nothing of it stays. */
final class ProcessDirectory {

  private ProcessDirectory() {}

  static Path create() throws IOException {
    return Files.createTempDirectory("iris-graph-indexer-parser");
  }

  /** Deletes a directory as far as it can: the process and its worker may both be at it. */
  static void delete(Path directory) {
    List<Path> paths;
    try (Stream<Path> all = Files.walk(directory)) {
      paths = all.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException | UncheckedIOException e) {
      return;
    }
    for (Path path : paths) {
      path.toFile().delete();
    }
  }
}

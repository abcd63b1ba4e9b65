package org.irisgraph.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;

/**
 * Where embedded Flink keeps its checkpoints, as long as the run lasts. Without a directory it
 * keeps them in memory and fails above 5 MB, which the texts of one batch may have.
 */
final class CheckpointDirectory implements AutoCloseable {

  private final Path directory;

  private CheckpointDirectory(Path directory) {
    this.directory = directory;
  }

  /** A directory that only this user can read: checkpoints hold texts. */
  static CheckpointDirectory create() throws IOException {
    return new CheckpointDirectory(Files.createTempDirectory("iris-graph-indexer-checkpoints"));
  }

  void use(FlinkPipelineOptions flink) {
    flink.setStateBackend("filesystem");
    flink.setStateBackendStoragePath(directory.toUri().toString());
  }

  @Override
  public void close() throws IOException {
    List<Path> inside;
    try (Stream<Path> all = Files.walk(directory)) {
      inside = all.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path path : inside) {
      Files.deleteIfExists(path);
    }
  }
}

package org.irisgraph.files;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.UUID;

/**
 * Writes a file completely or not at all: it is written beside its target and then renamed, so that
 * no reader sees part of it.
 */
public final class AtomicFile {

  private AtomicFile() {}

  /**
   * Writes the content of a file.
   *
   * @param <E> an exception of the content's source
   */
  @FunctionalInterface
  public interface Content<E extends Exception> {

    /** Writes the content and returns whether to keep the file. */
    boolean write(BufferedWriter writer) throws IOException, E;
  }

  /** Writes a file in UTF-8; replaces an existing one and creates missing directories. */
  public static <E extends Exception> void write(Path file, Content<E> content)
      throws IOException, E {
    Path target = file.toAbsolutePath();
    Path directory = Objects.requireNonNull(target.getParent(), "a file has a directory");
    Files.createDirectories(directory);
    Path unfinished =
        directory.resolve(".%s.%s.unfinished".formatted(target.getFileName(), UUID.randomUUID()));
    try {
      boolean isWanted;
      try (BufferedWriter writer = Files.newBufferedWriter(unfinished)) {
        isWanted = content.write(writer);
      }
      if (isWanted) {
        Files.move(
            unfinished,
            target,
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}

package org.irisgraph.files;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.UUID;

/**
 * A file that is there whole or not at all, whatever happens while it is written: who waits for it
 * never reads half of it.
 */
public final class AtomicFile {

  private AtomicFile() {}

  /**
   * Writes the content of a file.
   *
   * @param <E> what it may throw
   */
  @FunctionalInterface
  public interface Content<E extends Exception> {

    /** Gives whether there is to be a file. */
    boolean write(BufferedWriter writer) throws IOException, E;
  }

  /** Writes a file, in UTF-8, in place of one that is there; makes the directories it lacks. */
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

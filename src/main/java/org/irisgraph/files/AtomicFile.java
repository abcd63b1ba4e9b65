package org.irisgraph.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.irisgraph.base.Directories;
import org.irisgraph.base.FullDisk;

/**
 * Writes a file completely or not at all: it is written beside its target and then renamed, so that
 * no reader sees part of it. A link is followed. What is not a regular file, such as a pipe or a
 * device, is never replaced: it is written to directly.
 */
public final class AtomicFile {

  private static final String UNFINISHED = ".unfinished";

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

  /**
   * Writes a file in UTF-8; replaces an existing one and creates missing directories, the last of
   * which stays only if the file does.
   */
  public static <E extends Exception> void write(Path file, Content<E> content)
      throws IOException, E {
    try {
      writeAll(file, content);
    } catch (IOException e) {
      // The system's message does not name the file.
      throw FullDisk.isCauseOf(e)
          ? new FileSystemException(file.toString(), null, e.getMessage())
          : e;
    }
  }

  private static <E extends Exception> void writeAll(Path file, Content<E> content)
      throws IOException, E {
    OutputTarget target = OutputTarget.of(file);
    if (target.isInPlace()) {
      try (BufferedWriter writer =
          Files.newBufferedWriter(
              target.path(), UTF_8, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
        content.write(writer);
      }
      return;
    }
    boolean isNew = !Files.isDirectory(target.directory());
    Directories.create(target.directory());
    boolean isWanted = false;
    Path unfinished =
        target
            .directory()
            .resolve("." + target.path().getFileName() + "." + UUID.randomUUID() + UNFINISHED);
    try {
      try (BufferedWriter writer = Files.newBufferedWriter(unfinished)) {
        isWanted = content.write(writer);
      }
      if (isWanted) {
        Files.move(
            unfinished,
            target.path(),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(unfinished);
      if (isNew && !isWanted) {
        deleteIfEmpty(target.directory());
      }
    }
  }

  private static void deleteIfEmpty(Path directory) {
    try {
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      // Another process has put something there meanwhile, or it may not be deleted.
      return;
    }
  }

  /** Whether a file was to become the file of another name, in the same directory. */
  public static boolean isUnfinished(String name, String complete) {
    return name.startsWith("." + complete + ".") && name.endsWith(UNFINISHED);
  }
}

package org.irisgraph.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Creates and removes directories. */
public final class Directories {

  private Directories() {}

  /**
   * Creates a directory with its missing parents. A link to a directory is one, which {@link
   * Files#createDirectories} refuses before JDK 19.
   */
  public static void create(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
    }
  }

  /**
   * Deletes a file, or a directory with all that is in it; does not follow links. What another
   * process deletes meanwhile, or has deleted before, is no error.
   *
   * @throws IOException if something cannot be deleted
   */
  public static void delete(Path path) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(path)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return;
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        delete(path);
        return;
      }
      throw e.getCause();
    }
    for (Path each : deepestFirst) {
      Files.deleteIfExists(each);
    }
  }
}

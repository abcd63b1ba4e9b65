package org.irisgraph.jdbc;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.MVStoreTool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of an embedded H2 database that is closed. H2 writes a page anew for each change, and a
 * load leaves a file of which a sixth is current.
 */
public final class H2File {

  private static final Logger LOG = LoggerFactory.getLogger(H2File.class);

  /** The smallest file that is worth the time. */
  static final long LARGE = 64_000_000;

  /** How much of what is current is copied in a second: the least of several measurements. */
  private static final double BYTES_PER_SECOND = 12_000_000;

  /** How long the lock of the old file is kept after the new one has its name. */
  private static final long KEEP_LOCK_MILLIS = 500;

  /** H2 deletes a file of this name when it opens the database. */
  private static final String UNFINISHED = ".tempFile";

  private H2File() {}

  /**
   * Copies what is current to a new file, which then takes the place of the old one, if most of a
   * large file is not current. A process that is killed meanwhile leaves the old file as it was.
   *
   * @param atMostSeconds does nothing if it would probably take longer
   * @return the new size; empty if nothing was done, or if the database is open
   */
  public static OptionalLong compact(Path file, double atMostSeconds)
      throws IOException, InterruptedException {
    return compact(file, atMostSeconds, LARGE);
  }

  static OptionalLong compact(Path file, double atMostSeconds, long large)
      throws IOException, InterruptedException {
    if (Files.notExists(file) || Files.size(file) < large) {
      return OptionalLong.empty();
    }
    // A link stays one.
    Path old = file.toRealPath();
    Path copy = old.resolveSibling(old.getFileName() + UNFINISHED);
    // Shares the lock with processes that read; those that write are refused until it is closed.
    try (MVStore source = new MVStore.Builder().fileName(old.toString()).readOnly().open()) {
      double current = current(source.getFileStore());
      if (current > 0.5 * Files.size(old) || current / BYTES_PER_SECOND > atMostSeconds) {
        return OptionalLong.empty();
      }
      long before = Files.size(old);
      LOG.info(
          "compacts {} from {} to about {} MB; if that is stopped, the file stays as it was",
          file,
          before / 1_000_000,
          Math.round(current / 1_000_000));
      copy(source, copy);
      long size = Files.size(copy);
      replace(old, copy);
      // A process that has opened the old file already must not get its lock, and write to it.
      TimeUnit.MILLISECONDS.sleep(KEEP_LOCK_MILLIS);
      LOG.info("compacted {} from {} to {} MB", file, before / 1_000_000, size / 1_000_000);
      return OptionalLong.of(size);
    } catch (MVStoreException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private static double current(FileStore<?> store) {
    return store.size() * (store.getFillRate() / 100.0) * (store.getChunksFillRate() / 100.0);
  }

  private static void copy(MVStore source, Path copy) throws IOException {
    Files.deleteIfExists(copy);
    try (MVStore target = new MVStore.Builder().fileName(copy.toString()).compress().open()) {
      MVStoreTool.compact(source, target);
    }
    try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void replace(Path old, Path copy) throws IOException {
    PosixFileAttributeView permissions =
        Files.getFileAttributeView(old, PosixFileAttributeView.class);
    if (permissions != null) {
      Files.setPosixFilePermissions(copy, permissions.readAttributes().permissions());
    }
    Files.move(copy, old, StandardCopyOption.ATOMIC_MOVE);
  }
}

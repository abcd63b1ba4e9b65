package org.irisgraph.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The directory for all temporary files of this process, below {@code java.io.tmpdir}. The first
 * user creates it; the last one deletes it with everything in it. Creating it also deletes what
 * killed processes of the same user left behind.
 */
public final class TemporaryDirectory implements AutoCloseable {

  /** By the directory that they are in. */
  private static final Shared<Path, LockedDirectory> OPEN = new Shared<>(LockedDirectory::delete);

  private final Path parent;
  private final Path path;
  private boolean closed;

  private TemporaryDirectory(Path parent, Path path) {
    this.parent = parent;
    this.path = path;
  }

  /** Makes the caller a user of the directory until it calls {@link #close}. */
  public static TemporaryDirectory open() throws IOException {
    return in(Path.of(System.getProperty("java.io.tmpdir")));
  }

  static TemporaryDirectory in(Path parent) throws IOException {
    try {
      return new TemporaryDirectory(parent, OPEN.acquire(parent, LockedDirectory::open).path());
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage() + ": " + e.getCause(), e);
    }
  }

  /** How the names of the directories of a process begin. */
  public static String prefix(long pid) {
    return LockedDirectory.PREFIX + pid + "-";
  }

  /** Where the files go; only this user can read it. */
  public Path path() {
    return path;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      OPEN.release(parent);
    }
  }
}

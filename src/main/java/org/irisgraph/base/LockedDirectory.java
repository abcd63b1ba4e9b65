package org.irisgraph.base;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory whose lock file this process holds locked. The operating system gives up the lock
 * when the process ends, however it ends, so that a directory that can be locked is abandoned.
 */
final class LockedDirectory {

  static final String PREFIX = "iris-graph-indexer-";

  private static final Logger LOG = LoggerFactory.getLogger(LockedDirectory.class);
  private static final String LOCK = "lock";
  private static final int MAX_TRIES = 20;

  private final Path path;
  private final FileChannel lock;

  private LockedDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Creates a directory in another one, and deletes the abandoned ones there. */
  static LockedDirectory open(Path parent) {
    try {
      LockedDirectory created = create(parent);
      created.deleteAbandoned(parent);
      return created;
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary directory in " + parent, e);
    }
  }

  private static LockedDirectory create(Path parent) throws IOException {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      Path path = Files.createTempDirectory(parent, ownPrefix());
      // Until it is locked, another process may take it for abandoned and delete it.
      Optional<FileChannel> lock = lock(path, CREATE, WRITE, NOFOLLOW_LINKS);
      if (lock.isPresent()) {
        return new LockedDirectory(path, lock.get());
      }
    }
    throw new IOException("no directory in " + parent + " can be locked");
  }

  /**
   * The process, and its start: the directories of an earlier one of the same number are not its.
   */
  private static String ownPrefix() {
    ProcessHandle process = ProcessHandle.current();
    long start = process.info().startInstant().map(instant -> instant.toEpochMilli()).orElse(0L);
    return TemporaryDirectory.prefix(process.pid()) + start + "-";
  }

  /** Locks a directory, unless another process has locked or deleted it. */
  private static Optional<FileChannel> lock(Path directory, OpenOption... options)
      throws IOException {
    Path file = directory.resolve(LOCK);
    FileChannel channel;
    try {
      channel = FileChannel.open(file, Set.of(options));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    boolean locked = false;
    try {
      // Deleted between the two calls above, the file would be locked for nothing.
      locked = channel.tryLock() != null && Files.exists(file, NOFOLLOW_LINKS);
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    return locked ? Optional.of(channel) : Optional.empty();
  }

  Path path() {
    return path;
  }

  private void deleteAbandoned(Path parent) throws IOException {
    UserPrincipal user = Files.getOwner(path);
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path directory : directories) {
        deleteIfAbandoned(directory, user);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static void deleteIfAbandoned(Path directory, UserPrincipal user) {
    // Closing a second channel to a lock file of this process would give up its lock.
    if (directory.getFileName().toString().startsWith(ownPrefix())
        || !Files.isDirectory(directory, NOFOLLOW_LINKS)) {
      return;
    }
    try {
      if (!Files.getOwner(directory, NOFOLLOW_LINKS).equals(user)) {
        return;
      }
      Optional<FileChannel> lock = lock(directory, WRITE, NOFOLLOW_LINKS);
      if (lock.isPresent()) {
        new LockedDirectory(directory, lock.get()).delete();
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be deleted now, a later run tries again", directory, e);
    }
  }

  /** Deletes the directory and all that is in it, last the lock file; then gives up the lock. */
  void delete() {
    try {
      try {
        deleteFiles();
        Directories.delete(path);
      } finally {
        lock.close();
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be deleted now, a later run tries again", path, e);
    }
  }

  private void deleteFiles() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        if (!file.getFileName().toString().equals(LOCK)) {
          Directories.delete(file);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}

package org.irisgraph.lease;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Finds the process that has a file open, on Linux and among the user's own processes. It reads
 * {@code /proc}, since {@link ProcessHandle} does not know the files of a process.
 */
public final class OpenFile {

  private static final Path PROC = Path.of("/proc");

  private final Path file;

  public OpenFile(Path file) {
    this.file = file;
  }

  /** Describes the other process that has the file open, for messages. */
  public Optional<String> otherProcess() {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      Path real = file.toRealPath();
      for (Path process : processes) {
        long pid = Long.parseLong(process.getFileName().toString());
        if (pid != ProcessHandle.current().pid() && hasOpen(process.resolve("fd"), real)) {
          return Optional.of(describe(pid));
        }
      }
    } catch (IOException e) {
      // Not Linux, or the file no longer exists.
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean hasOpen(Path descriptors, Path real) {
    try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
      for (Path link : links) {
        if (Files.readSymbolicLink(link).equals(real)) {
          return true;
        }
      }
    } catch (IOException e) {
      // A process of another user, or one that has ended.
      return false;
    }
    return false;
  }

  private static String describe(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().startInstant())
        .map(start -> "process %d since %s UTC".formatted(pid, utc(start)))
        .orElse("process " + pid);
  }

  /** Formats a time to the second. */
  static String utc(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "").replace('T', ' ');
  }
}

package org.irisgraph.lease;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A file that some process has open. Who it is can be told on Linux, of one's own processes. */
public final class OpenFile {

  private static final Path PROC = Path.of("/proc");

  private final Path file;

  public OpenFile(Path file) {
    this.file = file;
  }

  /** The process, in words, that has the file open beside this one. */
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
      // No such file system, or no such file any more.
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
      // Of somebody else, or it has ended.
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

  /** For people, to the second. */
  static String utc(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "").replace('T', ' ');
  }
}

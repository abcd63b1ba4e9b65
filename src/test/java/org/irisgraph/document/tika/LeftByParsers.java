package org.irisgraph.document.tika;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.irisgraph.base.TemporaryDirectory;

/** The processes and files of parsers that were started by this JVM or by those that it started. */
public final class LeftByParsers {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Set<Long> SEEN = new HashSet<>();

  private LeftByParsers() {}

  /** The live processes. */
  public static List<Long> processes() {
    return parsers().map(ProcessHandle::pid).toList();
  }

  private static Stream<ProcessHandle> parsers() {
    return ProcessHandle.current()
        .descendants()
        .filter(ProcessHandle::isAlive)
        .filter(process -> arguments(process).contains(ParserMain.class.getName()));
  }

  private static List<String> arguments(ProcessHandle process) {
    return List.of(process.info().arguments().orElse(new String[0]));
  }

  private static Path directory(ProcessHandle process) {
    List<String> arguments = arguments(process);
    return Path.of(arguments.get(arguments.indexOf(ParserMain.class.getName()) + 1));
  }

  /** Waits for a process, not seen before, that has a document. */
  public static long awaitParsing() throws Exception {
    return await()
        .atMost(LIMIT)
        .until(
            () ->
                parsers()
                    .filter(process -> Files.exists(directory(process).resolve("document")))
                    .map(ProcessHandle::pid)
                    .filter(SEEN::add)
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  /**
   * Suspends the process that parses a document of this length, once there is one: it reaches its
   * time-out without using the processor.
   */
  public static void suspendWithDocument(long bytes) {
    await()
        .atMost(LIMIT)
        // A process may end while it is looked at.
        .ignoreException(IndexOutOfBoundsException.class)
        .until(
            () -> parsers().filter(process -> hasDocument(process, bytes)).findAny(),
            Optional::isPresent)
        .ifPresent(LeftByParsers::suspend);
  }

  private static boolean hasDocument(ProcessHandle process, long bytes) {
    return directory(process).resolve("document").toFile().length() == bytes;
  }

  private static void suspend(ProcessHandle process) {
    try {
      new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until this JVM has no process left, and none of their directories. */
  public static void awaitNone() throws Exception {
    await().atMost(LIMIT).until(LeftByParsers::processes, is(empty()));
    assertThat(directories(ProcessHandle.current().pid()), is(empty()));
  }

  /** The directories of the parsers of a worker. */
  public static List<Path> directories(long worker) throws IOException {
    List<Path> directories = new ArrayList<>();
    try (DirectoryStream<Path> ofWorker =
        Files.newDirectoryStream(
            Path.of(System.getProperty("java.io.tmpdir")),
            TemporaryDirectory.prefix(worker) + "*")) {
      for (Path directory : ofWorker) {
        try (DirectoryStream<Path> ofParsers =
            Files.newDirectoryStream(directory, ProcessDirectory.PREFIX + "*")) {
          ofParsers.forEach(directories::add);
        } catch (NoSuchFileException e) {
          // Deleted by the worker in between.
        }
      }
    }
    return directories;
  }
}

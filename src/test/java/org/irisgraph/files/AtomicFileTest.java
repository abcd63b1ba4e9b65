package org.irisgraph.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.irisgraph.base.FullDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir private Path directory;

  private static void write(Path file, String content) throws IOException {
    AtomicFile.<IOException>write(
        file,
        writer -> {
          writer.write(content);
          return true;
        });
  }

  @Test
  void namesTheFileForWhichTheDiskIsFull() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "a device of Linux");

    IOException failure = assertThrows(IOException.class, () -> write(full, "text"));

    assertThat(FullDisk.isCauseOf(failure), is(true));
    assertThat(FullDisk.file(failure), is(Optional.of("/dev/full")));
  }

  @Test
  void leavesNoDirectoryBehindForAFileThatIsNotWanted() throws Exception {
    Path file = directory.resolve("dead-letters/r1.jsonl");

    AtomicFile.<IOException>write(file, writer -> false);
    assertThat(Files.exists(file.getParent()), is(false));

    Files.createDirectory(file.getParent());
    AtomicFile.<IOException>write(file, writer -> false);
    assertThat(Files.exists(file.getParent()), is(true));
  }

  @Test
  void replacesAFileAndLeavesNothingBesideIt() throws Exception {
    Path file = directory.resolve("new/summary.json");

    write(file, "first");
    write(file, "second");

    assertThat(Files.readString(file), is("second"));
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files.count(), is(1L));
    }
  }

  @Test
  void followsALinkToAFileThatMayNotExistYet() throws Exception {
    Path real = Files.createDirectory(directory.resolve("real"));
    Path links = Files.createDirectory(directory.resolve("links"));
    Path link = Files.createSymbolicLink(links.resolve("a"), Path.of("../real/summary.json"));

    for (String content : new String[] {"first", "second"}) {
      write(link, content);

      assertThat(Files.isSymbolicLink(link), is(true));
      assertThat(Files.readString(real.resolve("summary.json")), is(content));
    }
  }

  @Test
  void writesBelowALinkToADirectory() throws Exception {
    Path real = Files.createDirectory(directory.resolve("real"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);

    write(link.resolve("letters.jsonl"), "content");

    assertThat(Files.readString(real.resolve("letters.jsonl")), is("content"));
  }

  @Test
  @Timeout(300)
  void writesIntoAPipe() throws Exception {
    Path pipe = directory.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    CompletableFuture<String> reader =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readString(pipe);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });

    write(pipe, "through the pipe");

    assertThat(reader.get(120, TimeUnit.SECONDS), is("through the pipe"));
    assertThat(OutputTarget.of(pipe).isInPlace(), is(true));
  }

  @Test
  void writesInPlaceToADevice() throws Exception {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device));

    // Not written to: a fault would replace the machine's device.
    assertThat(OutputTarget.of(device).isInPlace(), is(true));
    assertThat(new OutputPath("summary", "/dev/null").problemOfFile().isEmpty(), is(true));
  }

  @Test
  void neverRenamesOverAnOpenFileOfTheProcess() throws Exception {
    Path openFiles = Path.of("/proc/self/fd");
    assumeTrue(Files.exists(openFiles));
    Path file = Files.writeString(directory.toRealPath().resolve("open"), "first");
    Object before = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    try (OutputStream open = Files.newOutputStream(file, StandardOpenOption.APPEND);
        Stream<Path> links = Files.list(openFiles)) {
      Path link = links.filter(candidate -> leadsTo(candidate, file)).findFirst().orElseThrow();

      assertThat(OutputTarget.of(link).isInPlace(), is(true));
      write(link, ", second");
      open.write(", third".getBytes(UTF_8));
    }

    assertThat(Files.readString(file), is("first, second, third"));
    assertThat(Files.readAttributes(file, BasicFileAttributes.class).fileKey(), is(before));
  }

  private static boolean leadsTo(Path link, Path file) {
    try {
      return Files.readSymbolicLink(link).equals(file);
    } catch (IOException e) {
      // It has been closed in the meantime.
      return false;
    }
  }

  @Test
  void namesALinkInACircle() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(directory.resolve("b"), Path.of("a"));

    assertThat(
        new OutputPath("summary", link.toString()).problemOfFile().orElse("none"),
        containsString("summary"));
  }
}

package org.irisgraph.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.irisgraph.files.InputFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {

  private static final long NOW = 1_700_000_000_000L;

  @TempDir private Path directory;
  private final FileWatch watch = new FileWatch(Duration.ofSeconds(10));

  @Test
  void givesEachFileOnce() throws Exception {
    write("a.txt", "a", NOW - 60_000);
    write("deep/b.txt", "b", NOW - 60_000);

    assertThat(look(NOW), contains("a.txt", "deep/b.txt"));
    assertThat(look(NOW + 10_000), is(empty()));
  }

  @Test
  void givesAFileAgainWhenItsTimeOrItsSizeChanges() throws Exception {
    write("a.txt", "a", NOW - 60_000);
    look(NOW);

    write("a.txt", "b", NOW - 50_000);
    assertThat(look(NOW + 10_000), contains("a.txt"));

    write("a.txt", "longer", NOW - 50_000);
    assertThat(look(NOW + 20_000), contains("a.txt"));

    // An older file in its place.
    write("a.txt", "older.", NOW - 90_000);
    assertThat(look(NOW + 30_000), contains("a.txt"));
  }

  @Test
  void leavesAFileThatIsBeingWritten() throws Exception {
    write("a.txt", "a", NOW - 1000);
    assertThat(look(NOW), is(empty()));
    write("a.txt", "ab", NOW + 9000);
    assertThat(look(NOW + 10_000), is(empty()));

    assertThat(look(NOW + 20_000), contains("a.txt"));
    assertThat(look(NOW + 30_000), is(empty()));
  }

  @Test
  void takesAFileOfAClockThatIsAheadOnceItStaysTheSame() throws Exception {
    write("a.txt", "a", NOW + 3_600_000);

    assertThat(look(NOW), is(empty()));
    assertThat(look(NOW + 10_000), contains("a.txt"));
  }

  @Test
  void givesAFileThatComesBack() throws Exception {
    write("a.txt", "a", NOW - 60_000);
    look(NOW);
    Files.delete(directory.resolve("a.txt"));
    look(NOW + 10_000);

    write("a.txt", "a", NOW - 60_000);
    assertThat(look(NOW + 20_000), contains("a.txt"));
  }

  @Test
  void givesLaterStatesLaterTimesAlsoIfTheClockGoesBack() throws Exception {
    write("a.txt", "a", NOW - 60_000);
    long first = changes(NOW).get(0).file().modifiedMillis();
    write("a.txt", "older", NOW - 90_000);
    long second = changes(NOW - 20_000).get(0).file().modifiedMillis();

    assertThat(second, is(greaterThan(first)));
  }

  @Test
  void namesWhatCannotBeLookedAtOnceAndAgainWhenItComesBack() throws Exception {
    Path link = directory.resolve("link.txt");
    Files.createSymbolicLink(link, directory.resolve("nowhere"));

    assertThat(changes(NOW).get(0).failure().code(), is("CANNOT_OPEN"));
    assertThat(look(NOW + 10_000), is(empty()));

    write("nowhere", "found", NOW - 60_000);
    assertThat(changes(NOW + 20_000).get(0).failure() == null, is(true));

    Files.delete(directory.resolve("nowhere"));
    assertThat(changes(NOW + 30_000).get(0).failure().code(), is("CANNOT_OPEN"));
  }

  private List<String> look(long now) throws IOException {
    return changes(now).stream().map(found -> found.file().path()).toList();
  }

  private List<FileChange> changes(long now) throws IOException {
    return watch.changes(InputFiles.match(List.of(directory + "/**.txt"), null), now);
  }

  private void write(String name, String text, long modified) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(modified));
  }
}

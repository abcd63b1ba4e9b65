package org.irisgraph.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.irisgraph.document.SourceFile;
import org.irisgraph.graph.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalGlobTest {

  @TempDir private Path directory;

  @BeforeEach
  void write() throws IOException {
    for (String name : List.of("a.txt", "b.md", "one/a.txt", "one/two/a.txt", "other/c.txt")) {
      write(directory.resolve(name));
    }
  }

  private static void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "gout");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.txt          | a.txt",
        "**             | a.txt b.md one/a.txt one/two/a.txt other/c.txt",
        "**.txt         | a.txt one/a.txt one/two/a.txt other/c.txt",
        "**/a.txt       | a.txt one/a.txt one/two/a.txt",
        "one/**/a.txt   | a.txt two/a.txt",
        "o*/*.txt       | one/a.txt other/c.txt",
        "one/two/a.txt  | a.txt",
        "{a,one/a}.txt  | a.txt one/a.txt",
        "**/t*/**/*.txt | one/two/a.txt",
        "*/*/*.txt      | one/two/a.txt",
        "**/*.{txt,md}  | a.txt b.md one/a.txt one/two/a.txt other/c.txt",
        "one/**/**/{a,b}.txt | a.txt two/a.txt",
      })
  void findsWhatTheGlobNames(String glob, String expected) throws IOException {
    assertThat(paths(glob), containsInAnyOrder(expected.split(" ")));
  }

  @Test
  void leavesHiddenFilesAndFoldersOutAndCountsThem() throws IOException {
    for (String name :
        List.of(".git/config", ".git/objects/a.txt", "one/.DS_Store", "one/._a.txt", ".note.txt")) {
      write(directory.resolve(name));
    }

    InputFiles found = InputFiles.match(List.of(directory + "/**"), null);

    assertThat(
        found.files().stream().map(SourceFile::path).toList(),
        containsInAnyOrder(
            "a.txt", "b.md", "one/a.txt", "one/two/a.txt", "other/c.txt", ".note.txt"));
    assertThat(
        found.hidden(),
        containsInAnyOrder(
            directory + "/.git", directory + "/one/.DS_Store", directory + "/one/._a.txt"));
  }

  @Test
  void readsHiddenFilesThatTheGlobNames() throws IOException {
    for (String name : List.of(".git/config", "one/.hidden/x", ".profile")) {
      write(directory.resolve(name));
    }

    assertThat(paths("**/.*/**"), containsInAnyOrder(".git/config", "one/.hidden/x"));
    assertThat(paths(".git/**"), contains("config"));
    assertThat(paths(".profile"), contains(".profile"));
  }

  @Test
  void findsNothingBelowAFolderThatIsNotThere() throws IOException {
    assertThat(paths("nowhere/**"), is(empty()));
  }

  @Test
  void takesAFileWithWildcardsInItsNameForWhatItIs() throws IOException {
    write(directory.resolve("x[1].txt"));
    write(directory.resolve("x1.txt"));

    assertThat(paths("x[1].txt"), contains("x[1].txt"));
  }

  @Test
  void findsNamesWithLineEnds() throws IOException {
    write(directory.resolve("deep/two\nlines.txt"));

    assertThat(paths("deep/**.txt"), contains("two\nlines.txt"));
    assertThat(paths("deep/**/*.txt"), contains("two\nlines.txt"));
  }

  @Test
  void namesFilesWhoseNamesCannotBeWritten() throws IOException {
    // Bytes that are no UTF-8, and two of them, which look alike.
    write(Path.of(URI.create(directory.toUri() + "bad/x%E9.txt")));
    write(Path.of(URI.create(directory.toUri() + "bad/x%E8.txt")));

    Map<String, Failure> unreadable = match("bad/*.txt").unreadable();

    assertThat(unreadable.keySet().toString(), containsString("x%E9.txt"));
    assertThat(unreadable.keySet().toString(), containsString("x%E8.txt"));
    assertThat(unreadable.values().iterator().next().message(), containsString("encoding"));
  }

  @Test
  void namesLinksThatLeadToNothing() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("gone.txt"), directory.resolve("no"));

    assertThat(
        unreadable("*.txt"),
        hasEntry(link.toString(), "the link is dangling: its target does not exist"));
    assertThat(unreadable("*.md"), is(Map.of()));
    // It may have led to a folder.
    assertThat(
        unreadable("*/*.md"),
        hasEntry(link.toString(), "the link is dangling: its target does not exist"));
  }

  @Test
  void followsLinksAndEndsWhereTheyTurnInACircle() throws IOException {
    Files.createSymbolicLink(directory.resolve("one/up"), directory.resolve("one"));
    Files.createSymbolicLink(directory.resolve("one/other"), directory.resolve("other"));

    assertThat(paths("one/**.txt"), containsInAnyOrder("a.txt", "two/a.txt", "other/c.txt"));
    assertThat(unreadable("one/**.txt"), is(Map.of()));
    assertThat(match("one/**.txt").loops(), contains(directory + "/one/up"));
    assertThat(match("one/*.txt").loops(), is(empty()));
  }

  @Test
  void readsAFileOnceThatLinksLeadToWithinTheInput() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("a-link.txt"), Path.of("one/a.txt"));
    Path latest = Files.createSymbolicLink(directory.resolve("latest"), Path.of("other"));
    Path outside =
        Files.createSymbolicLink(directory.resolve("deep.txt"), Path.of("one/two/a.txt"));

    InputFiles found = match("{*,one/*,other/*,latest/*}.txt");

    assertThat(
        found.files().stream().map(SourceFile::path).toList(),
        containsInAnyOrder("a.txt", "deep.txt", "one/a.txt", "other/c.txt"));
    assertThat(found.links(), contains(link.toString(), latest.resolve("c.txt").toString()));
    assertThat(found.bytes(), is(16L));
    assertThat(Files.isSymbolicLink(outside), is(true));
    assertThat(paths("latest/*.txt"), contains("c.txt"));
  }

  @Test
  void seesThroughALinkAboveTheGlob() throws IOException {
    Files.createSymbolicLink(directory.resolve("one/b.txt"), Path.of("a.txt"));
    Path alias = Files.createSymbolicLink(directory.resolve("alias"), Path.of("one"));

    assertThat(paths("alias/*.txt"), contains("a.txt"));
    assertThat(match("alias/*.txt").links(), contains(alias.resolve("b.txt").toString()));
  }

  @Test
  void namesPipesSinceTheirContentWouldBeMissed() throws Exception {
    Path pipe = directory.resolve("pipe");
    new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    assumeTrue(Files.exists(pipe), "mkfifo is there");

    String problem = "it is a pipe, socket or device: write its content to a file";
    assertThat(unreadable("**"), is(Map.of(pipe.toString(), problem)));
    assertThat(unreadable("pipe"), is(Map.of(pipe.toString(), problem)));
    assertThat(unreadable("*.txt"), is(Map.of()));
  }

  @Test
  void leavesDatabasesOut() throws IOException {
    for (String name : List.of("g.mv.db", "g.mv.db.tempFile", "g.trace.db", "my.db")) {
      write(directory.resolve("data").resolve(name));
    }

    assertThat(paths("data/*"), contains("my.db"));
    assertThat(
        match("data/**").hidden(),
        containsInAnyOrder(
            directory + "/data/g.mv.db",
            directory + "/data/g.mv.db.tempFile",
            directory + "/data/g.trace.db"));
    assertThat(paths("data/*.mv.db"), contains("g.mv.db"));
  }

  @Test
  void leavesOtherFileSystemsToBeam() {
    assertThat(LocalGlob.of("gs://bucket/**.txt"), is(Optional.empty()));
  }

  private InputFiles match(String glob) throws IOException {
    return InputFiles.match(List.of(directory + "/" + glob), null);
  }

  private List<String> paths(String glob) throws IOException {
    return match(glob).files().stream().map(SourceFile::path).collect(Collectors.toList());
  }

  private Map<String, String> unreadable(String glob) throws IOException {
    Map<String, String> messages = new TreeMap<>();
    match(glob).unreadable().forEach((source, failure) -> messages.put(source, failure.message()));
    return messages;
  }
}

package org.irisgraph.base;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesTest {

  @TempDir private Path directory;

  @Test
  void deletesADirectoryWithItsContents() throws IOException {
    Path victim = Files.createDirectories(directory.resolve("victim"));
    Files.createDirectories(victim.resolve("a/b"));
    Files.writeString(victim.resolve("a/b/file"), "x");

    Directories.delete(victim);

    assertThat(Files.exists(victim), is(false));
  }

  @Test
  void leavesWhatALinkLeadsTo() throws IOException {
    Path kept = Files.createDirectories(directory.resolve("kept"));
    Files.writeString(kept.resolve("file"), "x");
    Path victim = Files.createDirectories(directory.resolve("victim"));
    Files.createSymbolicLink(victim.resolve("link"), kept);

    Directories.delete(victim);

    assertThat(Files.exists(kept.resolve("file")), is(true));
    assertThat(Files.exists(victim), is(false));
  }

  @Test
  void acceptsThatThereIsNothingToDelete() throws IOException {
    Path missing = directory.resolve("missing");

    Directories.delete(missing);

    assertThat(Files.exists(missing), is(false));
  }
}

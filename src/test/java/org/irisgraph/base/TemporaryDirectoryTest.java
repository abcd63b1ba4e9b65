package org.irisgraph.base;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link TemporaryDirectoryIT} has the directories of other processes. */
class TemporaryDirectoryTest {

  @TempDir private Path parent;

  @Test
  void isSharedAndDeletedByItsLastUser() throws IOException {
    TemporaryDirectory first = TemporaryDirectory.in(parent);
    TemporaryDirectory second = TemporaryDirectory.in(parent);
    Files.writeString(Files.createDirectory(first.path().resolve("inside")).resolve("a"), "a");

    assertThat(second.path(), is(first.path()));
    first.close();
    first.close();
    assertThat(Files.exists(second.path()), is(true));
    second.close();
    assertThat(Files.exists(second.path()), is(false));
  }

  @Test
  void deletesAbandonedDirectoriesWithoutFollowingLinks() throws IOException {
    Path outside = Files.createDirectory(parent.resolve("outside"));
    Files.createFile(outside.resolve("lock"));
    Path abandoned = Files.createDirectory(parent.resolve("iris-graph-indexer-1-1-abandoned"));
    Files.createFile(abandoned.resolve("lock"));
    Files.createSymbolicLink(abandoned.resolve("link"), outside);
    Path link = Files.createSymbolicLink(parent.resolve("iris-graph-indexer-1-1-link"), outside);

    TemporaryDirectory.in(parent).close();

    assertThat(Files.exists(abandoned), is(false));
    assertThat(Files.exists(link), is(true));
    assertThat(Files.exists(outside.resolve("lock")), is(true));
  }
}

package org.irisgraph.lease;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.irisgraph.files.InputFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessFileTest {

  @TempDir private Path directory;

  @Test
  void saysWhatALiveProcessDoesAndNotWhatADeadOneDid() throws Exception {
    ProcessFile file = new ProcessFile(directory.resolve("graph.mv.db"));
    assertThat(content(file), is(Optional.empty()));
    file.write(Map.of("phase", "indexing"));
    file.write(Map.of("phase", "linking"));

    assertThat(content(file), is(Optional.of(Map.of("phase", "linking"))));
    assertThat(file.read(Map.class).get().pid(), is(ProcessHandle.current().pid()));
    assertThat(
        "globs leave it out",
        InputFiles.match(List.of(directory + "/**"), null).files(),
        is(empty()));

    Path written = directory.resolve("graph.mv.db.run");
    String alive = Files.readString(written);
    Files.writeString(written, alive.replaceFirst("\"start\":\\d+", "\"start\":1"));
    assertThat("another process has its id now", content(file), is(Optional.empty()));
    Files.writeString(written, alive.substring(0, alive.length() / 2));
    assertThat("a part", content(file), is(Optional.empty()));
    Files.writeString(written, "[]");
    assertThat("of another program", content(file), is(Optional.empty()));

    file.delete();
    file.delete();
    try (var left = Files.list(directory)) {
      assertThat(left.toList(), is(List.of()));
    }
  }

  private static Optional<Map<?, ?>> content(ProcessFile file) {
    return file.read(Map.class).map(ProcessFile.Written::content);
  }
}

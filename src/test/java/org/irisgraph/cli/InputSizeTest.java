package org.irisgraph.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputSizeTest {

  @TempDir private Path directory;

  @BeforeEach
  void writeSettings() throws IOException {
    write("small.yaml", "input: [%s/texts/*.txt]\n".formatted(directory));
    write("large.yaml", "input: %s/**.jsonl\n".formatted(directory));
    Files.createDirectory(directory.resolve("texts"));
    write("texts/a.txt", "asthma");
    file("lines.jsonl", InputSize.SMALL_BYTES);
    file("packed.jsonl.gz", InputSize.SMALL_BYTES / 3);
    file("halves.jsonl.gz", InputSize.SMALL_BYTES / 8);
  }

  @Test
  void isThatOfTheSettingsFile() {
    assertThat(isSmall(path("small.yaml"), "--writers=2"), is(true));
    assertThat(isSmall(path("large.yaml")), is(false));
  }

  @Test
  void takesTheLaterFileAndTheFlagBeforeBoth() {
    assertThat(isSmall(path("large.yaml"), path("small.yaml")), is(true));
    assertThat(isSmall(path("small.yaml"), "--input=" + path("*.jsonl")), is(false));
    assertThat(isSmall(path("large.yaml"), "--input", path("texts/a.txt")), is(true));
    assertThat(isSmall("--input=" + path("texts/a.txt") + "," + path("lines.jsonl")), is(false));
  }

  @Test
  void countsWhatIsProbablyInCompressedFiles() {
    assertThat(isSmall("--input=" + path("halves.jsonl.gz")), is(true));
    assertThat(isSmall("--input=" + path("packed.jsonl.gz")), is(false));
  }

  @Test
  void isLargeForManySmallFiles() throws IOException {
    Files.createDirectory(directory.resolve("many"));
    for (int i = 0; i <= InputSize.SMALL_BYTES / 1000; i++) {
      Files.createFile(directory.resolve("many/" + i + ".txt"));
    }

    assertThat(isSmall("--input=" + path("many/*.txt")), is(false));
  }

  @Test
  void isUnknownWithoutFilesToLookAt() throws IOException {
    write("broken.yaml", "input: [");
    assertThat(isSmall("--input=" + path("no/**")), is(false));
    assertThat(isSmall("--input=s3://bucket/*.txt"), is(false));
    assertThat(isSmall(path("broken.yaml")), is(false));
    assertThat(isSmall(path("missing.yaml")), is(false));
    assertThat(isSmall("--input"), is(false));
    assertThat(isSmall("--inputQuery=SELECT 1"), is(false));
  }

  private static boolean isSmall(String... arguments) {
    return InputSize.isSmall(List.of(arguments));
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(directory.resolve(name), content, UTF_8);
  }

  /** A sparse file: its length counts. */
  private void file(String name, long bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path(name), "rw")) {
      file.setLength(bytes);
    }
  }
}

package org.irisgraph.base;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramFileTest {

  @TempDir private Path directory;
  private Path work;
  private Path installed;

  @BeforeEach
  void install() throws IOException {
    work = Files.createDirectory(directory.resolve("work"));
    installed = Files.createDirectory(directory.resolve("installed"));
    Files.createDirectories(installed.resolve("pipelines/sample-corpus"));
    Files.createFile(installed.resolve("pipelines/quickstart.yaml"));
  }

  private String find(String path) {
    return ProgramFile.find(path, work, installed.resolve("program.jar"));
  }

  @Test
  void findsAFileOfTheProgramInAnyFolder() {
    assertThat(
        find("pipelines/quickstart.yaml"),
        is(installed.resolve("pipelines/quickstart.yaml").toString()));
    assertThat(
        ProgramFile.find(
            "pipelines/quickstart.yaml", work, installed.resolve("target/program.jar")),
        is(installed.resolve("pipelines/quickstart.yaml").toString()));
  }

  @Test
  void findsTheFolderOfAGlob() {
    assertThat(
        find("pipelines/sample-corpus/**/*.xml"),
        is(installed.resolve("pipelines/sample-corpus") + "/**/*.xml"));
    assertThat(
        find("pipelines/sample-corpus/[ab]?.xml"),
        is(installed.resolve("pipelines/sample-corpus") + "/[ab]?.xml"));
  }

  @Test
  void prefersTheWorkingDirectory() throws IOException {
    Files.createDirectories(work.resolve("pipelines"));
    Files.createFile(work.resolve("pipelines/quickstart.yaml"));

    assertThat(find("pipelines/quickstart.yaml"), is("pipelines/quickstart.yaml"));
  }

  @Test
  void keepsWhatTheProgramHasNot() {
    assertThat(find("pipelines/mine.yaml"), is("pipelines/mine.yaml"));
    assertThat(find("corpus/*.xml"), is("corpus/*.xml"));
    assertThat(find("s3://bucket/pipelines/a.yaml"), is("s3://bucket/pipelines/a.yaml"));
  }
}

package org.irisgraph.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {

  @TempDir private Path directory;
  private Path settings;
  private Path corpus;
  private Path letters;
  private CommandRun last;

  @BeforeEach
  void writeSettings() throws Exception {
    corpus =
        Files.writeString(directory.resolve("lines.jsonl"), "{\"text\":\"Asthma.\"}\nbroken\n");
    Files.writeString(directory.resolve("terms.tsv"), "asthma\tDISEASE\n");
    letters = directory.resolve("letters");
    settings =
        Files.writeString(
            directory.resolve("corpus.yaml"),
            """
            input: %1$s/lines.jsonl
            dictionary: %1$s/terms.tsv
            jdbcUrl: jdbc:h2:%1$s/graph
            deadLetters: %1$s/letters
            """
                .formatted(directory));
  }

  private int execute(Object... arguments) {
    last = CommandRun.of(arguments);
    return last.exitCode();
  }

  @Test
  void replaysWhatIndexHasRejected() throws Exception {
    assertThat(execute("index", settings, "--batchRows=10", "--deleteMissing"), is(3));
    assertThat(
        last.out(),
        containsString(
            "  bin/iris-graph-indexer replay %s --batchRows=10 %s\n".formatted(settings, letters)));
    assertThat(execute("replay", settings, letters), is(3));
    assertThat(last.out(), startsWith("still rejected  " + corpus + ":2: BAD_JSON"));
    Files.writeString(corpus, "{\"text\":\"Asthma.\"}\n{\"text\":\"No asthma.\"}\n");

    int exitCode = execute("replay", settings, "--batchRows=10", letters);

    assertThat(last.err(), is(""));
    assertThat(exitCode, is(0));
    assertThat(
        last.out(),
        startsWith(
            "cured           %s:2%n%ndead letters    1: 1 cured%narchive         %s/archive%n%n"
                .formatted(corpus, letters)));
    assertThat(last.out(), containsString("documents     1 read: 1 indexed"));

    assertThat(execute("replay", settings), is(0));
    assertThat(last.out(), startsWith("nothing to replay: there are no dead letters\n"));
  }

  @Tag("slow")
  @Test
  void reportsAnInputOfWhichNothingIsLeft() throws Exception {
    execute("index", settings);
    Files.delete(corpus);

    assertThat(execute("replay", settings, letters), is(3));
    assertThat(last.out(), startsWith("source is gone  " + corpus + ":2\n"));
    assertThat(last.err(), is(""));
  }

  @Test
  void saysWhichArgumentIsWrong() throws Exception {
    Path file = Files.writeString(directory.resolve("r.jsonl"), "");
    Path absent = directory.resolve("absent");

    assertThat(execute("replay", settings, file, absent, directory, directory), is(2));
    assertThat(
        last.err(),
        is(
            """
            error: %s is a file: replay takes the directory of the dead letters, and settings files that end in .yaml
            error: there is no directory %s of dead letters
            error: replay takes one directory of dead letters, not %3$s and %3$s
            """
                .formatted(file, absent, directory)));
  }

  @Test
  void saysThatASettingsFileIsMissing() {
    assertThat(execute("replay", "absent.yaml"), is(2));
    assertThat(last.err(), is("error: settings file absent.yaml does not exist\n"));
  }

  @Test
  void refusesToDeleteWhatItDoesNotRead() throws Exception {
    Files.createDirectory(letters);

    assertThat(execute("replay", settings, "--deleteMissing", letters), is(2));
    assertThat(last.err(), containsString("add --deleteMissing=false"));
  }

  @Test
  void explainsItselfInItsHelp() {
    assertThat(execute("replay", "--help"), is(0));
    assertThat(
        last.out(),
        containsString("iris-graph-indexer replay FILE.yaml... [--option=value...] [DIR]"));
    assertThat(last.out(), containsString("DIR/archive"));
  }
}

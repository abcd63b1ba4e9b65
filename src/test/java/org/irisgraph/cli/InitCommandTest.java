package org.irisgraph.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.irisgraph.document.format.PdfFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InitCommandTest {

  @TempDir private Path directory;
  private Path work;
  private Path news;

  @BeforeEach
  void makeFolders() throws Exception {
    work = Files.createDirectory(directory.resolve("work"));
    news = Files.createDirectory(directory.resolve("my news"));
  }

  private CommandRun init(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        new CommandLine(new InitCommand(work))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  private String settings() throws Exception {
    return Files.readString(work.resolve("my-news.yaml"));
  }

  /** Runs what the settings say, with the database and the page in the directory of the test. */
  private CommandRun command(String command, Path... more) {
    List<Object> arguments = new ArrayList<>(List.of(command, work.resolve("my-news.yaml")));
    arguments.addAll(List.of(more));
    arguments.addAll(
        List.of(
            "--dictionary=" + work.resolve("my-news-terms.tsv"),
            "--jdbcUrl=jdbc:h2:" + work.resolve("graph"),
            "--report=" + work.resolve("report.html"),
            "--names=biomedical"));
    return CommandRun.of(arguments.toArray());
  }

  /** Starts a process that parses the PDF. */
  @Test
  @Tag("slow")
  void writesSettingsWithWhichTheFolderIsIndexed() throws Exception {
    Files.writeString(news.resolve("a.txt"), "Influenza and aspirin.");
    Files.writeString(Files.createDirectory(news.resolve("old")).resolve("b.md"), "# Gout\nBad.");
    Files.writeString(news.resolve("c.csv"), "nr,who,said\n7,me,Gout hurts a lot.\n8,me,No.\n");
    Files.write(news.resolve("d.pdf"), PdfFiles.pdf("T", "Gout"));

    CommandRun run = init(news);

    assertThat(run.err(), run.exitCode(), is(0));
    assertThat(
        run.out(),
        allOf(
            containsString(news + ": 4 files, "),
            containsString("1 text (22 bytes), 1 markdown (11 bytes), 1 csv"),
            endsWith(
                "bin/iris-graph-indexer check %1$s%nbin/iris-graph-indexer index %1$s%n"
                    .formatted(work.resolve("my-news.yaml")))));
    assertThat(
        settings(),
        allOf(
            containsString("  - \"%s/**.txt\" # 1 file, 22 bytes".formatted(news)),
            containsString("# By their first rows. The columns are nr, who, said.\n"),
            containsString("csvIdColumn: \"nr\"\ncsvTextColumn: \"said\"\n")));
    Path runner = work.resolve("my-news-runner.yaml");
    CommandRun checked = command("check", runner);
    assertThat(checked.out(), checked.exitCode(), is(0));
    assertThat(checked.out(), containsString("Flink"));
    CommandRun indexed = command("index");
    assertThat(indexed.toString(), indexed.exitCode(), is(0));
    assertThat(indexed.out(), containsString("5 read: 5 indexed"));
  }

  @Test
  void leavesOutWhatCannotBeReadAndSaysWhy() throws Exception {
    Files.writeString(news.resolve("a.txt"), "Influenza.");
    Files.writeString(news.resolve("b.jsonl"), "{\"question\":\"Why?\",\"answer\":\"So.\"}\n");
    Files.write(news.resolve("c.bin"), new byte[] {0, 1, 2, 3});
    Path database = Files.writeString(news.resolve("graph.mv.db"), "H:2");
    Path loop = Files.createSymbolicLink(news.resolve("again"), news);

    CommandRun run = init(news, "--pipeline=mine");

    assertThat(run.err(), run.exitCode(), is(0));
    assertThat(
        run.out(),
        allOf(
            containsString("files of H2 databases are left out (%s)".formatted(database)),
            containsString("are not followed: 1 (%s)".formatted(loop))));
    assertThat(run.out(), containsString("there is no field \"text\"; it has question, answer"));
    assertThat(
        Files.readString(work.resolve("mine.yaml")),
        allOf(
            containsString("\n  - \"%s/**.txt\"".formatted(news)),
            containsString("\n  #- \"%s/**.jsonl\"".formatted(news)),
            containsString("\n  #- \"%s/**.bin\"".formatted(news))));
  }

  @Test
  void takesAllFilesWhereSomeHaveNoEnding() throws Exception {
    Files.writeString(news.resolve("README"), "Influenza.");
    Files.writeString(news.resolve("a.txt"), "Influenza.");

    assertThat(init(news).exitCode(), is(0));

    assertThat(
        settings(), containsString("input:\n  - \"%s/**\" # 2 files, 20 bytes".formatted(news)));
  }

  @Test
  void namesFilesThatAreNoOptionsOfTheNextCommand() throws Exception {
    Path old = Files.createDirectory(directory.resolve("(old) news"));
    Files.writeString(old.resolve("a.txt"), "Influenza.");

    assertThat(init(old).exitCode(), is(0));

    assertThat(Files.exists(work.resolve("old-news.yaml")), is(true));
    assertThat(init(old, "--pipeline=-x").err(), containsString("not begin with -"));
  }

  @Test
  void setsTheDelimiterOfOtherCsvFiles() throws Exception {
    Files.writeString(news.resolve("a.csv"), "DocId;Abstract\n1;Gout, or not?\n2;Gout\n");

    assertThat(init(news).exitCode(), is(0));

    assertThat(
        settings(),
        containsString(
            "csvIdColumn: \"DocId\"\ncsvTextColumn: \"Abstract\"\ncsvDelimiter: \";\"\n"));
  }

  @Test
  void refusesAFolderOfNothingThatCanBeRead() throws Exception {
    Files.writeString(news.resolve("a.csv"), "kind,said\nx,Gout\nx,Gout\n");

    CommandRun run = init(news);

    assertThat(run.exitCode(), is(2));
    assertThat(
        run.err(),
        containsString("\"kind, said\", has no column \"id\" and no column \"text\": if"));
    assertThat(work.toFile().list(), is(new String[0]));
  }

  @Test
  void refusesAnEmptyFolderAndOneThatIsNone() throws Exception {
    assertThat(init(news).err(), is("error: there is no file in \"%s\"%n".formatted(news)));
    assertThat(
        init(directory.resolve("none")).err(),
        is("error: the folder \"%s\" does not exist%n".formatted(directory.resolve("none"))));
    Path file = Files.writeString(news.resolve("a.txt"), "Gout");
    assertThat(
        init(file).err(),
        is("error: \"%s\" is a file: name the folder that it is in%n".formatted(file)));
    assertThat(init(directory).err(), containsString("would be among the documents"));
    Path wild = Files.createDirectory(directory.resolve("a[1]"));
    assertThat(init(wild).err(), containsString("has a wildcard in its name"));
    assertThat(init().exitCode(), is(2));
  }

  @Test
  void overwritesNothing() throws Exception {
    Files.writeString(news.resolve("a.txt"), "Gout");
    Path mine = Files.writeString(work.resolve("my-news-terms.tsv"), "gout\tDISEASE\n");

    CommandRun run = init(news);

    assertThat(run.exitCode(), is(2));
    assertThat(run.err(), containsString(mine + " is there already, and init overwrites nothing"));
    assertThat(Files.readString(mine), is("gout\tDISEASE\n"));
    assertThat(Files.exists(work.resolve("my-news.yaml")), is(false));
  }

  @Test
  void namesAWorkingDirectoryThatCannotBeWrittenTo() throws Exception {
    Files.writeString(news.resolve("a.txt"), "Gout");
    assertThat(work.toFile().setWritable(false), is(true));
    assumeFalse(Files.isWritable(work), "root may write anywhere");

    CommandRun run = init(news);

    assertThat(run.exitCode(), is(1));
    assertThat(
        run.err(),
        is("error: permission denied: %s%n".formatted(work.resolve("my-news-terms.tsv"))));
  }
}

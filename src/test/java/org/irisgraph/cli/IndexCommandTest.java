package org.irisgraph.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.OptionDeclaration;
import org.irisgraph.report.FailedRunException;
import org.irisgraph.report.Progress;
import org.irisgraph.report.Summary;
import org.irisgraph.report.Summary.Documents;
import org.irisgraph.run.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class IndexCommandTest {

  @TempDir private Path directory;
  private Path settings;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<IndexingOptions> started = new ArrayList<>();
  private Callable<Summary> work = () -> finished(Documents.of(1, 0, 0, 0, 0, 0));

  @BeforeEach
  void writeSettings() throws Exception {
    Files.writeString(directory.resolve("one.txt"), "Asthma.");
    Files.writeString(directory.resolve("terms.tsv"), "asthma\tDISEASE\n");
    settings =
        Files.writeString(
            directory.resolve("corpus.yaml"),
            "input: %1$s/*.txt\ndictionary: %1$s/terms.tsv\n".formatted(directory));
  }

  @Test
  void runsTheJobWithFilesAndFlags() throws Exception {
    Path runner = Files.writeString(directory.resolve("runner.yaml"), "batchRows: 2\nshards: 3\n");

    int exitCode = index(settings, runner, "--batchRows=7", "--schema", "Corpus", "--createTables");

    assertThat(err.toString(), is(""));
    assertThat(exitCode, is(0));
    assertThat(started.get(0).getPipeline(), is("corpus"));
    assertThat(started.get(0).getBatchRows(), is(7));
    assertThat(started.get(0).getShards(), is(3));
    assertThat(started.get(0).getSchema(), is("Corpus"));
    assertThat(started.get(0).getCreateTables(), is(true));
  }

  @Test
  void takesABareBooleanBeforeAFile() {
    assertThat(index("--createTables", settings), is(0));
    assertThat(started.get(0).getCreateTables(), is(true));
    assertThat(index("--createTables", "false", settings), is(0));
    assertThat(started.get(1).getCreateTables(), is(false));
  }

  @Test
  void printsTheSummaryAndWritesIt() throws Exception {
    Path summary = directory.resolve("out/summary.json");

    index(settings, "--summary=" + summary);

    assertThat(out.toString(), containsString("documents     1 read: 1 indexed"));
    assertThat(out.toString(), containsString("summary       " + summary));
    assertThat(Files.readString(summary), containsString("\"runId\" : \"r1\""));
  }

  @Test
  void exitsWithThreeIfSomethingWasRejected() {
    work = () -> finished(Documents.of(1, 0, 0, 1, 0, 0));

    assertThat(index(settings), is(3));
  }

  @Test
  void exitsWithOneAndOneLineIfTheRunFails() {
    work =
        () -> {
          throw new IllegalStateException("wrapped", new ConnectException("refused"));
        };

    assertThat(index(settings), is(1));
    assertThat(err.toString(), is("error: refused\n"));
    assertThat(out.toString(), is(""));
  }

  @Test
  void showsTheStackTraceOnDemand() {
    work =
        () -> {
          throw new IllegalStateException("broken");
        };

    index(settings, "--stacktrace");

    assertThat(err.toString(), startsWith("error: broken\njava.lang.IllegalStateException"));
    assertThat(err.toString(), containsString("\tat "));
  }

  @Test
  void showsHowFarAFailedRunCame() {
    work =
        () -> {
          Summary summary =
              Summary.builder()
                  .setRunId("r1")
                  .setPipeline("corpus")
                  .setRunner("DirectRunner")
                  .setStatus(Summary.Status.FAILED)
                  .setSeconds(1)
                  .setDocuments(Documents.of(5, 0, 0, 6, 0, 0))
                  .build();
          throw new FailedRunException("too many documents are rejected", null, summary);
        };

    assertThat(index(settings), is(1));
    assertThat(err.toString(), is("error: too many documents are rejected\n"));
    assertThat(out.toString(), containsString("11 read: 5 indexed"));
  }

  @Test
  void reportsWhyARunFailedWhoseSummaryCannotBeWritten() {
    assumeTrue(Files.exists(Path.of("/dev/full")), "a device of Linux");
    work =
        () -> {
          throw new FailedRunException(
              "too many documents are rejected",
              null,
              Summary.builder()
                  .setRunId("r1")
                  .setPipeline("corpus")
                  .setRunner("DirectRunner")
                  .setStatus(Summary.Status.FAILED)
                  .build());
        };

    assertThat(index(settings, "--summary=/dev/full"), is(1));
    assertThat(
        err.toString(),
        is(
            """
            error: the summary was not written: the disk is full: /dev/full
            error: too many documents are rejected
            """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--batchRow=1 | unknown option \"batchRow\"; did you mean \"batchRows\"?",
        "--batchRows=0 | batchRows must be between 1 and 10000",
        "--batchRows=x | batchRows must be a whole number, not \"x\"",
        "--batchRows | Missing required parameter for option '--batchRows' (number)",
        "--storageMode=bulk | storageMode must be one of batch, individual, not \"bulk\"",
        "--input=/absent/*.txt | no file matches input \"/absent/*.txt\"",
        "--jdbcPasswordFrom=env:SURELY_NOT_SET"
            + " | jdbcPasswordFrom: environment variable SURELY_NOT_SET is not set",
        "absent.yaml | settings file absent.yaml does not exist",
        "-pgeheim | unknown option \"-p\"; options are written --option=value",
        "-x | unknown option \"-x\"; options are written --option=value",
      })
  void exitsWithTwoAndOneLineOnWrongSettings(String argument, String problem) {
    assertThat(index(settings, argument), is(2));
    assertThat(err.toString(), is("error: " + problem + "\n"));
    assertThat(started.isEmpty(), is(true));
  }

  @Test
  void neverRepeatsAPassword() {
    assertThat(index(settings, "--jdbcPassword", "hunter2", "--password=line\nhunter2"), is(2));
    assertThat(err.toString(), containsString("jdbcPasswordFrom=env:NAME"));
    assertThat(err.toString(), not(containsString("hunter2")));
  }

  @Test
  void namesTheCommandsThereAre() {
    assertThat(execute("indx"), is(2));
    assertThat(
        err.toString(),
        is(
            "error: unknown command \"indx\"; there is init, index, check, suggest, replay, graph,"
                + " export, show, search, status, report, embed, evaluate, train\n"));
  }

  @Test
  void wantsACommand() {
    assertThat(execute(), is(2));
    assertThat(
        err.toString(),
        is(
            "error: no command given; there is init, index, check, suggest, replay, graph, export,"
                + " show, search, status, report, embed, evaluate, train\n"));
  }

  @Test
  void showsTheMostUsedOptionsInItsHelp() {
    assertThat(index("--help"), is(0));

    assertThat(flags(), contains(OptionsHelp.MOST_USED.toArray()));
    assertThat(out.toString(), containsString("--help-all"));
  }

  @Test
  void showsAllOptionsOfOursInGroups() {
    assertThat(index("--help-all"), is(0));

    assertThat(
        out.toString().lines().filter(line -> line.matches("[A-Z][a-z ]+:")).toList(),
        contains(
            "Input:",
            "Extraction:",
            "Language model:",
            "Embedding model:",
            "Database:",
            "Storing:",
            "Incremental:",
            "Output:",
            "Runner:",
            "Help:"));
    String help = joined(out.toString());
    for (OptionDeclaration option : new KnownOptions().ours()) {
      assertThat(help, containsString("--" + option.name()));
      assertThat(help, containsString(joined(option.description())));
    }
    assertThat(help, containsString("--batchRows=number"));
    assertThat(help, containsString(joined("Default: 1000 (1 to 10000)")));
    assertThat(help, containsString("--onBadRow=skip|reject-document|stop"));
    assertThat(
        help, containsString(joined("Default: true for an embedded H2 database, else false")));
    assertThat(help, containsString("--flinkMaster="));
    assertThat(help, not(containsString("savepointPath")));
  }

  @Test
  void showsTheSameHelpWithoutStartingBeam() {
    index("--help-all");
    StringWriter light = new StringWriter();

    Indexer.commandLine(KnownOptions.forHelp(), this::job)
        .setOut(new PrintWriter(light, true))
        .execute("index", "--help-all");

    assertThat(light.toString(), is(out.toString()));
  }

  @Test
  void showsOnlyTheOwnOptionsOfEvaluateAndTrain() {
    assertThat(execute("evaluate", "--help"), is(0));
    assertThat(flags(), containsInAnyOrder("gold", "types", "json"));

    out.getBuffer().setLength(0);
    assertThat(execute("train", "--help"), is(0));
    assertThat(
        flags(),
        containsInAnyOrder(
            "gold",
            "heldOut",
            "types",
            "terms",
            "classes",
            "unreported",
            "model",
            "iterations",
            "seed"));
  }

  /** Without white space, since long lines are wrapped. */
  private static String joined(String text) {
    return text.replaceAll("\\s+", "");
  }

  /** The options that the output lists with a value, in order; the synopsis may repeat some. */
  private List<String> flags() {
    return Pattern.compile("^ +--([a-zA-Z]+)=", Pattern.MULTILINE)
        .matcher(out.toString())
        .results()
        .map(match -> match.group(1))
        .distinct()
        .toList();
  }

  private int index(Object... arguments) {
    List<String> all = new ArrayList<>(List.of("index"));
    for (Object argument : arguments) {
      all.add(argument.toString());
    }
    return execute(all.toArray(String[]::new));
  }

  private int execute(String... arguments) {
    CommandLine commandLine = Indexer.commandLine(this::job);
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }

  private Job job(IndexingOptions options) {
    started.add(options);
    return new Job() {
      @Override
      public Summary run() throws Exception {
        return work.call();
      }

      @Override
      public Progress progress() {
        return Progress.NONE;
      }

      @Override
      public Progress current() {
        return Progress.NONE;
      }

      @Override
      public void stop() {}
    };
  }

  private static Summary finished(Documents documents) {
    return Summary.builder()
        .setRunId("r1")
        .setPipeline("corpus")
        .setRunner("DirectRunner")
        .setStatus(documents.status())
        .setSeconds(1)
        .setDocuments(documents)
        .build();
  }
}

package org.irisgraph.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.irisgraph.cli.CommandRun;
import org.irisgraph.document.format.PdfFiles;
import org.irisgraph.document.tika.LeftByParsers;
import org.irisgraph.iris.TestTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a run whenever it parses a certain document. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Tag("slow")
class TookWorkerDownIT {

  private static final long SECONDS_OF_A_RUN = 120;

  @TempDir private Path directory;
  private Path corpus;
  private TestTarget postgres;

  @BeforeEach
  void start() throws Exception {
    postgres = TestTarget.postgres();
    corpus = Files.createDirectory(directory.resolve("corpus"));
    Files.writeString(corpus.resolve("dictionary.tsv"), "gout\tDISEASE\nasthma\tDISEASE\n");
    Files.write(corpus.resolve("bad.pdf"), PdfFiles.endlessPdf());
    Files.writeString(corpus.resolve("good.jsonl"), "{\"id\":\"a\",\"text\":\"Gout.\"}\n");
    Files.writeString(corpus.resolve("good.txt"), "Gout.");
    Files.writeString(corpus.resolve("good.md"), "Gout.");
    for (int i = 0; i < 5; i++) {
      Files.write(corpus.resolve("good%d.pdf".formatted(i)), PdfFiles.pdf("T" + i, "Gout"));
    }
  }

  @AfterEach
  void stop() throws Exception {
    postgres.close();
  }

  private Process run(String... more) throws Exception {
    List<String> options = new ArrayList<>(List.of("--input=" + corpus + "/*.pdf"));
    options.addAll(List.of(more));
    return IndexerProcess.of(corpus, postgres.settings(), options.toArray(String[]::new))
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("output.txt").toFile())
        .start();
  }

  private String output() throws Exception {
    return Files.readString(directory.resolve("output.txt"), UTF_8);
  }

  private List<String> outcomes() throws Exception {
    return postgres.rows(
        "SELECT outcome, COUNT(*) FROM RAG.DocumentLedger GROUP BY outcome ORDER BY outcome");
  }

  private void killWhenParsing(int attempt) throws Exception {
    Process run = run("--tikaTimeoutSeconds=3000");
    List<ProcessHandle> parsers;
    try {
      await(() -> !run.isAlive() || attempts().equals(List.of(String.valueOf(attempt))));
      // Innocent documents are still on their way, in one of two processes.
      await(() -> !run.isAlive() || run.descendants().findAny().isPresent());
      assertThat(output(), run.isAlive(), is(true));
      parsers = run.descendants().toList();
    } finally {
      run.destroyForcibly().waitFor();
    }
    // A parser that loops does not read that its worker is gone.
    await(() -> parsers.stream().noneMatch(ProcessHandle::isAlive));
    await(() -> LeftByParsers.directories(run.pid()).isEmpty());
  }

  /** How often the bad document was begun, as the table says. */
  private List<String> attempts() throws Exception {
    if (postgres.rows("SELECT to_regclass('rag.parseattempts')").contains("null")) {
      return List.of();
    }
    return postgres.rows("SELECT attempts FROM RAG.ParseAttempts WHERE source LIKE '%/bad.pdf'");
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(SECONDS_OF_A_RUN, TimeUnit.SECONDS)
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .until(condition);
  }

  @Test
  void isRejectedAfterThreeOfThem() throws Exception {
    for (int attempt = 1; attempt <= 3; attempt++) {
      killWhenParsing(attempt);
    }

    Path letters = directory.resolve("letters");
    CommandRun last =
        IndexerProcess.here(
            corpus,
            postgres.settings(),
            "--input=" + corpus + "/*.pdf",
            "--tikaTimeoutSeconds=3000",
            "--deadLetters=" + letters);

    assertThat(last.toString(), last.exitCode(), is(3));
    assertThat(outcomes(), contains("indexed|8", "rejected|1"));
    List<Path> files;
    try (var all = Files.list(letters)) {
      files = all.toList();
    }
    assertThat(files, hasSize(1));
    assertThat(Files.readString(files.get(0)), containsString("\"code\":\"TOOK_WORKER_DOWN\""));
    assertThat(attempts(), contains("3"));

    // Whoever replays it means it to be tried; it is given up then, by its time.
    try (IndexingRun replay =
        new IndexingRun(
            corpus,
            options -> {
              options.setJdbcUrl(postgres.settings().jdbcUrl());
              options.setJdbcUser(postgres.settings().user());
            },
            org.irisgraph.jdbc.Database.connect(postgres.settings()))) {
      replay.replay(
          letters,
          options -> {
            options.setInput(List.of(corpus + "/*.pdf"));
            options.setTikaTimeoutSeconds(2);
          });
    }
    assertThat(
        postgres.rows("SELECT reasons FROM RAG.DocumentLedger WHERE outcome = 'rejected'"),
        contains(containsString("PARSER_TIMEOUT")));
    assertThat(attempts(), is(empty()));
    LeftByParsers.awaitNone();
  }
}

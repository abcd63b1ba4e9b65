package org.irisgraph.run;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.lease.ProcessFile;
import org.irisgraph.ledger.LedgerReader;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.report.Progress;
import org.joda.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What other processes see of a run while it uses its own connection. */
class RunRenewalTest {

  private static final int SECONDS = 60;

  @TempDir private Path directory;
  private IndexingRun indexing;
  private RunPlan plan;
  private RunProgress progress;
  private RunRecord record;
  private LauncherConnection launcher;

  @BeforeEach
  void begin() throws Exception {
    Files.writeString(directory.resolve("a.txt"), "Asthma and gout.");
    Files.writeString(directory.resolve("dictionary.tsv"), "asthma\tDISEASE\ngout\tDISEASE\n");
    String url = "jdbc:h2:" + directory.resolve("graph");
    indexing =
        new IndexingRun(
            directory,
            options -> options.setJdbcUrl(url),
            Database.connect(
                new ConnectionSettings(url, null, PasswordReference.of(null), Map.of(), 1)));
    List<IndexingOptions> settings = new ArrayList<>();
    indexing.run(settings::add);
    IndexingOptions options = settings.get(0);
    options.setLeaseSeconds(1);
    plan = RunPlan.of(options, "r2", ExtractionLoader.load(options));
    progress = new RunProgress("r2");
    record = new RunRecord(plan, progress);
    launcher =
        LauncherConnection.open(plan.connection(), Duration.standardSeconds(10), () -> false);
    progress.readFrom(new LedgerReader(plan.ledger()), launcher);
  }

  @AfterEach
  void close() throws Exception {
    record.quiet();
    launcher.close();
    indexing.close();
  }

  @Tag("slow")
  @Test
  void theRowIsRenewedWhileTheRunLinks() throws Exception {
    record.begin(launcher);

    progress.enter(Progress.Phase.LINKING);
    progress.does("3 of 11 parts");
    awaitRow("running|linking entities: 3 of 11 parts");
    String renewed = renewedAt();
    await("the row is renewed")
        .atMost(SECONDS, TimeUnit.SECONDS)
        .until(this::renewedAt, not(renewed));
    progress.enter(Progress.Phase.ENDING);
    awaitRow("running|ending");

    record.end(launcher, null);
    assertThat(row(), is("failed|null"));
  }

  @Test
  void aLongStepIsCutToItsColumn() throws Exception {
    record.begin(launcher);

    progress.enter(Progress.Phase.LINKING);
    progress.does("x".repeat(100));

    awaitRow("running|linking entities: " + "x".repeat(63 - "linking entities: ".length()) + "…");
  }

  @Test
  void aPhaseChangeAndTheEndDoNotWaitForAPollThatHangs() throws Exception {
    record.begin(launcher);
    launcher.share();
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch answers = new CountDownLatch(1);
    Thread poll =
        new Thread(
            () -> {
              try {
                launcher.queryIfShared(
                    connection -> {
                      hangs.countDown();
                      awaitQuietly(answers);
                      return true;
                    });
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    poll.start();
    hangs.await();
    try {
      CompletableFuture.runAsync(() -> progress.enter(Progress.Phase.LINKING))
          .get(SECONDS, TimeUnit.SECONDS);
      assertThat(progress.current().phase(), is(Progress.Phase.LINKING));
      record.quiet();
    } finally {
      answers.countDown();
      poll.join();
    }
  }

  @Test
  void aFileBesideTheDatabaseSaysHowFarTheRunIsUntilItEnds() throws Exception {
    record.begin(launcher);
    progress.enter(Progress.Phase.LINKING);
    await("the file")
        .atMost(SECONDS, TimeUnit.SECONDS)
        .until(() -> phase().equals(Optional.of("linking entities")));
    assertThat(beside().get().content().pipeline(), is("test"));

    record.end(launcher, null);

    assertThat(beside(), is(Optional.empty()));
    assertThat(files(), is(List.of("graph.mv.db")));
  }

  @Tag("slow")
  @Test
  void aRunGoesOnWhereTheFileCannotBeWritten() throws Exception {
    Files.createDirectories(directory.resolve("graph.mv.db.run/full"));
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    Logger logger = (Logger) LoggerFactory.getLogger(RunRenewal.class);
    logger.addAppender(logged);

    record.begin(launcher);
    progress.enter(Progress.Phase.LINKING);
    awaitRow("running|linking entities");
    String renewed = renewedAt();
    await("the row is renewed")
        .atMost(SECONDS, TimeUnit.SECONDS)
        .until(this::renewedAt, not(renewed));
    record.end(launcher, null);
    logger.detachAppender(logged);

    assertThat(row(), is("failed|null"));
    assertThat(files(), hasSize(2));
    assertThat(
        List.copyOf(logged.list).toString(),
        logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList(),
        contains(startsWith("the run goes on, but status cannot show how far it is")));
    assertThat(indexing.run(options -> {}).documents().unchanged(), is(1L));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<ProcessFile.Written<RunBesideDatabase>> beside() {
    return RunBesideDatabase.read(plan.connection().jdbcUrl());
  }

  private Optional<String> phase() {
    return beside().map(written -> written.content().phase());
  }

  private List<String> files() throws Exception {
    try (var files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("graph."))
          .sorted()
          .toList();
    }
  }

  private void awaitRow(String row) {
    await("the row of the run").atMost(SECONDS, TimeUnit.SECONDS).until(this::row, is(row));
  }

  private String row() throws Exception {
    return of("outcome, phase");
  }

  private String renewedAt() throws Exception {
    return of("renewed_at");
  }

  private String of(String columns) throws Exception {
    return indexing.rows("SELECT " + columns + " FROM RAG.IndexingRuns WHERE run_id = 'r2'").get(0);
  }
}

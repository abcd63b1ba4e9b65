package org.irisgraph.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.irisgraph.document.ParseAttempts.Attempt;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.graphrag.TestGraphs;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.jdbc.Database;
import org.joda.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stays in the database of an attempt to parse that never ended, on every database. */
@Tag("slow")
class DatabaseParseAttemptsIT {

  private static final String LEDGER = "RAG.DocumentLedger";
  private static final String SOURCE = "/corpus/" + "x".repeat(3000) + ".pdf";

  private static final LedgerSettings RUN =
      new LedgerSettings(LEDGER, "pipeline", "run", "fingerprint");

  private static List<TestTarget> targets;

  @BeforeAll
  static void start() throws Exception {
    targets =
        List.of(TestTarget.h2(), TestTarget.postgres(), TestTarget.iris(IrisWireServer.start()));
  }

  @AfterAll
  static void stop() throws Exception {
    for (TestTarget target : targets) {
      target.close();
    }
  }

  static List<TestTarget> targets() {
    return targets;
  }

  private static DatabaseParseAttempts attempts(TestTarget target) throws Exception {
    target.execute("DROP SCHEMA IF EXISTS RAG CASCADE", "CREATE SCHEMA RAG");
    TestGraphs.createTables(target);
    return opened(target);
  }

  private static DatabaseParseAttempts opened(TestTarget target) {
    DatabaseParseAttempts attempts =
        new DatabaseParseAttempts(
            target.settings(), new ParseAttemptTable(RUN), Duration.standardSeconds(5));
    attempts.open();
    return attempts;
  }

  private static List<String> rows(TestTarget target) throws Exception {
    return target.rows("SELECT pipeline, source, attempts FROM RAG.ParseAttempts");
  }

  /** What stays of a worker that ended while it parsed; its locks went with it. */
  private static void leaveBehind(TestTarget target, int attempts) throws Exception {
    try (Connection connection = Database.connect(target.settings())) {
      new ParseAttemptTable(RUN)
          .begin(connection, SOURCE, "a", attempts == 1, attempts, "attempt-" + attempts);
    }
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("targets")
  void isInTheTableAsLongAsTheFileIsParsed(TestTarget target) throws Exception {
    DatabaseParseAttempts attempts = attempts(target);
    Attempt attempt = attempts.begin(SOURCE, "a");
    assertThat(rows(target), contains("pipeline|" + SOURCE + "|1"));
    attempt.end();
    assertThat(rows(target), is(empty()));
    attempts.close();
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("targets")
  void refusesAFileThatThreeWorkersDidNotSurvive(TestTarget target) throws Exception {
    DatabaseParseAttempts attempts = attempts(target);
    for (int i = 1; i <= 3; i++) {
      leaveBehind(target, i);
    }

    ReadException refused = assertThrows(ReadException.class, () -> attempts.begin(SOURCE, "a"));

    assertThat(refused.reason(), is(ReadFailure.TOOK_WORKER_DOWN));
    assertThat(refused.getMessage(), containsString("a worker has ended 3 times"));
    assertThat(rows(target), contains("pipeline|" + SOURCE + "|3"));
    // Another content has no past.
    Attempt changed = attempts.begin(SOURCE, "b");
    assertThat(rows(target), contains("pipeline|" + SOURCE + "|1"));
    changed.end();
    assertThat(rows(target), is(empty()));
    attempts.close();
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("targets")
  void doesNotSuspectAFileWhoseEndTheDatabaseCouldNotBeTold(TestTarget target) throws Exception {
    DatabaseParseAttempts attempts = attempts(target);
    Attempt attempt = attempts.begin(SOURCE, "a");
    target.execute("ALTER TABLE RAG.ParseAttempts RENAME TO ElsewhereAttempts");
    assertThrows(DatabaseParseAttempts.StoreFailed.class, attempt::end);
    attempts.close();
    target.execute("ALTER TABLE RAG.ElsewhereAttempts RENAME TO ParseAttempts");
    assertThat(rows(target), contains("pipeline|" + SOURCE + "|1"));

    DatabaseParseAttempts later = opened(target);
    Attempt other = later.begin("/corpus/other.pdf", "c");

    assertThat(rows(target), contains("pipeline|/corpus/other.pdf|1"));
    other.end();
    later.close();
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("targets")
  void parsesAFileThatIsSuspectedAlone(TestTarget target) throws Exception {
    DatabaseParseAttempts attempts = attempts(target);
    leaveBehind(target, 1);
    ExecutorService other = Executors.newSingleThreadExecutor();
    CountDownLatch suspectEnded = new CountDownLatch(1);
    try {
      Attempt suspect = attempts.begin(SOURCE, "a");
      assertThat(rows(target), contains("pipeline|" + SOURCE + "|2"));
      Future<Boolean> innocent =
          other.submit(
              () -> {
                Attempt begun = attempts.begin("/corpus/other.pdf", "c");
                boolean waited = suspectEnded.getCount() == 0;
                begun.end();
                return waited;
              });
      assertThrows(TimeoutException.class, () -> innocent.get(300, TimeUnit.MILLISECONDS));
      suspectEnded.countDown();
      suspect.end();

      assertThat(innocent.get(120, TimeUnit.SECONDS), is(true));
      assertThat(rows(target), is(empty()));
    } finally {
      other.shutdownNow();
      attempts.close();
    }
  }
}

package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLTransientConnectionException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.irisgraph.iris.TestTarget;
import org.joda.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 300, unit = TimeUnit.SECONDS)
class DatabaseTest {

  @Test
  void endsTheWaitWhenItsLastUserClosesIt() throws Exception {
    try (TestTarget target = TestTarget.h2()) {
      Database first = Database.acquire(target.settings());
      Database second = Database.acquire(target.settings());
      first.close();
      CompletableFuture<Boolean> closed =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return Database.awaitClosed(target.settings());
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(Database.open().contains(target.settings()), is(true));

      second.close();

      assertThat(closed.get(), is(true));
      assertThat(Database.open().contains(target.settings()), is(false));
    }
  }

  @Test
  void lendsWithoutWaitingWhatNobodyNeeds() throws Exception {
    try (TestTarget target = TestTarget.h2();
        Database database = Database.acquire(target.settings().withWriters(3))) {
      Optional<Optional<Optional<Boolean>>> results =
          database.queryIfFree(
              one -> database.queryIfFree(two -> database.queryIfFree(three -> true)));

      assertThat("one stays free", results, is(Optional.of(Optional.of(Optional.empty()))));
      assertThat(database.queryIfFree(connection -> true), is(Optional.of(true)));
    }
  }

  @Test
  @Tag("slow")
  @SuppressWarnings("ThreadPriorityCheck")
  void lendsAllButOneToThreadsThatAskAtTheSameTime() throws Exception {
    int threads = 2;
    Phaser start = new Phaser(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try (TestTarget target = TestTarget.h2();
        Database database = Database.acquire(target.settings().withWriters(threads + 1))) {
      for (int round = 0; round < 5_000; round++) {
        Phaser asked = new Phaser(threads);
        Callable<Boolean> task =
            () -> {
              int phase = start.arrive();
              while (start.getPhase() == phase) {
                // On a busy machine, spinning would keep the other thread from its processor.
                Thread.yield();
              }
              Optional<Integer> lent =
                  database.queryIfFree(connection -> asked.arriveAndAwaitAdvance());
              if (lent.isEmpty()) {
                asked.arrive();
              }
              return lent.isPresent();
            };
        for (Future<Boolean> lent : executor.invokeAll(Collections.nCopies(threads, task))) {
          assertThat("round " + round, lent.get(), is(true));
        }
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  @Tag("slow")
  void reportsAfterAWhileThatItIsStillInUse() throws Exception {
    try (TestTarget target = TestTarget.h2();
        Database database = Database.acquire(target.settings())) {
      assertThat(Database.awaitClosed(target.settings()), is(false));
      assertThat(database.query(connection -> connection.isClosed()), is(false));
    }
  }

  /** As a thread of a failed pipeline does whose functions have been torn down. */
  @Test
  void doesNotRetryOnceItIsClosed() throws Exception {
    try (TestTarget target = TestTarget.h2()) {
      Database used = Database.acquire(target.settings());
      used.query(connection -> true);
      used.close();
      Database unused = Database.acquire(target.settings());
      unused.close();

      for (Database closed : List.of(used, unused)) {
        Exception e =
            assertThrows(
                IllegalStateException.class,
                () -> closed.query(Duration.standardSeconds(2), connection -> true));
        assertThat(e.getMessage(), is("the database has been closed: its pipeline has ended"));
      }
    }
  }

  /** The pool would try again until its time limit, and a server may lock the account. */
  @Test
  void reportsARefusalAtTheFirstAttempt() throws Exception {
    ConnectionSettings settings =
        new ConnectionSettings(
            "jdbc:h2:mem:refused", null, PasswordReference.of("file:/missing"), Map.of(), 2);
    try (Database database = Database.acquire(settings)) {
      StoreException e =
          assertThrows(
              StoreException.Configuration.class,
              () -> database.query(Duration.standardSeconds(30), connection -> true));

      assertThat(e.getCause(), not(instanceOf(SQLTransientConnectionException.class)));
      assertThat(e.getMessage(), containsString("file /missing does not exist"));
    }
  }

  @Test
  void repeatsAtOnceWhatFailsByTheRowOfAnotherWriter() throws Exception {
    try (TestTarget target = TestTarget.h2();
        Database database = Database.acquire(target.settings())) {
      AtomicInteger attempts = new AtomicInteger();

      int succeeded =
          database.query(
              Duration.ZERO,
              connection -> {
                if (attempts.incrementAndGet() < 3) {
                  throw new SQLIntegrityConstraintViolationException("duplicate key", "23505");
                }
                return attempts.get();
              });

      assertThat(succeeded, is(3));
    }
  }

  @Test
  void isClosedBeforeItIsOpened() throws Exception {
    try (TestTarget target = TestTarget.h2()) {
      assertThat(Database.awaitClosed(target.settings()), is(true));
    }
  }
}

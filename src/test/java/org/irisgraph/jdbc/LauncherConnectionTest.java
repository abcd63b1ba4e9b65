package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.Fault;
import org.irisgraph.iris.wire.IrisWireServer;
import org.joda.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The connection of a run from its start to its end. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class LauncherConnectionTest {

  private static final Duration PATIENT = Duration.standardSeconds(30);

  private IrisWireServer server;
  private TestTarget target;

  @BeforeEach
  void start() throws Exception {
    server = IrisWireServer.start();
    target = TestTarget.iris(server);
  }

  @AfterEach
  void stop() throws Exception {
    target.close();
  }

  private LauncherConnection open() throws Exception {
    return LauncherConnection.open(target.settings(), PATIENT, () -> false);
  }

  private interface Step<R> {
    R run() throws Exception;
  }

  private static <R> CompletableFuture<R> start(Step<R> step) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return step.run();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void isTheSameAtTheEndOfARun() throws Exception {
    try (LauncherConnection launcher = open()) {
      Connection first = launcher.get();

      assertThat(launcher.usable(), is(sameInstance(first)));
      assertThat(launcher.usableNow(), is(sameInstance(first)));
      assertThat(server.peakConnections(), is(1));
    }
  }

  @Test
  @Tag("slow")
  void isOpenedAgainIfTheServerWasAway() throws Exception {
    try (LauncherConnection launcher = open()) {
      Connection first = launcher.get();
      server.dropConnections();

      Connection second = launcher.usable();

      assertThat(second, is(not(sameInstance(first))));
      assertThat(second.isValid(1), is(true));
    }
  }

  @Test
  @Tag("slow")
  void isOpenedAgainIfTheServerDoesNotAnswer() throws Exception {
    server.inject(Fault.hangBefore().on("PG"));
    try (LauncherConnection launcher = open()) {
      assertThat(launcher.usable().isValid(1), is(true));
      assertThat(server.pendingFaults(), is(0));
    }
  }

  @Test
  void waitsForAFreeConnectionAtTheStart() throws Exception {
    server.limitConnections(0);
    CompletableFuture<LauncherConnection> opening = start(this::open);
    server.awaitMessages("CN", 2, java.time.Duration.ofSeconds(60));

    server.limitConnections(1);

    try (LauncherConnection launcher = opening.get()) {
      assertThat(launcher.get().isValid(1), is(true));
    }
  }

  @Test
  void waitsForAFreeConnectionAtTheEnd() throws Exception {
    try (LauncherConnection launcher = open()) {
      server.limitConnections(0);
      server.dropConnections();
      CompletableFuture<Connection> opening = start(launcher::usableNow);
      server.awaitMessages("CN", 3, java.time.Duration.ofSeconds(60));

      server.limitConnections(1);

      assertThat(opening.get().isValid(1), is(true));
    }
  }

  @Test
  void stopsWaitingForAFreeConnectionWhenItsTimeIsOver() {
    server.limitConnections(0);

    StoreException late =
        assertThrows(
            StoreException.class,
            () -> LauncherConnection.open(target.settings(), Duration.millis(1), () -> false));

    assertThat(late.getMessage(), containsString("LICENSE LIMIT EXCEEDED"));
  }

  @Test
  void doesNotWaitForAFreeConnectionIfTheRunIsStopped() {
    server.limitConnections(0);

    StoreException stopped =
        assertThrows(
            StoreException.class,
            () -> LauncherConnection.open(target.settings(), PATIENT, () -> true));

    assertThat(stopped.getMessage(), containsString("LICENSE LIMIT EXCEEDED"));
    assertThat(server.count("CN"), is(1));
  }

  @Test
  void isTriedOnceIfThePasswordIsWrong() throws Exception {
    server.inject(Fault.refuseLogin().times(9));

    assertThrows(StoreException.class, this::open);
    assertThrows(
        StoreException.class, () -> LauncherConnection.openPatiently(target.settings(), PATIENT));

    assertThat(server.pendingFaults(), is(7));
  }

  @Test
  void isReadByOthersOnlyWhileTheRunDoesNotNeedIt() throws Exception {
    try (LauncherConnection launcher = open()) {
      assertThat(launcher.queryIfShared(c -> 1), is(Optional.empty()));
      launcher.share();
      assertThat(launcher.queryIfShared(c -> 1), is(Optional.of(1)));

      CountDownLatch reading = new CountDownLatch(1);
      CountDownLatch read = new CountDownLatch(1);
      CompletableFuture<Optional<Boolean>> query =
          start(
              () ->
                  launcher.queryIfShared(
                      c -> {
                        reading.countDown();
                        try {
                          read.await();
                        } catch (InterruptedException e) {
                          throw new IllegalStateException(e);
                        }
                        return c.isValid(1);
                      }));
      reading.await();
      CompletableFuture<Connection> needed = start(launcher::usable);
      assertThrows(TimeoutException.class, () -> needed.get(300, TimeUnit.MILLISECONDS));
      read.countDown();

      assertThat(query.get(), is(Optional.of(true)));
      assertThat(needed.get().isValid(1), is(true));
      assertThat(launcher.queryIfShared(c -> 1), is(Optional.empty()));
    }
  }

  @Test
  void closesWhatThePoolDoesNotUse() throws Exception {
    try (Database database = Database.acquire(target.settings())) {
      database.query(connection -> connection.isValid(1));
      assertThat(server.openConnections(), is(1));

      Database.closeIdle(target.settings());

      Awaitility.await().until(() -> server.openConnections() == 0);
      database.query(
          connection -> {
            try (Statement statement = connection.createStatement()) {
              return statement.execute("CREATE TABLE T.Again (id INTEGER)");
            }
          });
      assertThat(server.peakConnections(), is(1));
    }
  }
}

package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.Fault;
import org.irisgraph.iris.wire.IrisWireServer;
import org.joda.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The connection of a run from its start to its end. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
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
    server.awaitMessages("CN", 2, java.time.Duration.ofSeconds(20));

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
      server.awaitMessages("CN", 3, java.time.Duration.ofSeconds(20));

      server.limitConnections(1);

      assertThat(opening.get().isValid(1), is(true));
    }
  }

  @Test
  void stopsWaitingForAFreeConnectionWhenItsTimeIsOverOrTheRunIsStopped() throws Exception {
    server.limitConnections(0);

    StoreException late =
        assertThrows(
            StoreException.class,
            () -> LauncherConnection.open(target.settings(), Duration.millis(1), () -> false));
    StoreException stopped =
        assertThrows(
            StoreException.class,
            () -> LauncherConnection.open(target.settings(), PATIENT, () -> true));

    assertThat(late.getMessage(), containsString("LICENSE LIMIT EXCEEDED"));
    assertThat(stopped.getMessage(), containsString("LICENSE LIMIT EXCEEDED"));
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
      assertThat(needed.isDone(), is(false));
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

      server.awaitMessages("DC", 1, java.time.Duration.ofSeconds(20));
      database.query(
          connection -> {
            try (Statement statement = connection.createStatement()) {
              return statement.execute("CREATE TABLE T.Again (id INTEGER)");
            }
          });
      assertThat(server.peakConnections(), is(lessThanOrEqualTo(2)));
    }
  }

  /** What {@link Slow} has seen of the connection that waits for it. */
  private static final AtomicReference<LauncherConnection> WAITING = new AtomicReference<>();

  private static final AtomicReference<String> WAITS_FOR = new AtomicReference<>();

  /** A function of the database behind the server, which can call a public class only. */
  public static final class Slow {

    private Slow() {}

    /** Takes longer than the time limit of the network. */
    public static int pause() {
      LauncherConnection waiting = WAITING.get();
      WAITS_FOR.set(waiting == null ? null : waiting.waitsFor());
      Awaitility.await().pollDelay(java.time.Duration.ofMillis(900)).until(() -> true);
      return 1;
    }
  }

  private static int readSlowly(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM T.Slow WHERE id IS NOT NULL")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void waitsForLongWorkWithoutTheTimeLimitAndSaysWhatFor() throws Exception {
    server.acceptAnyStatement();
    server.execute("CREATE SCHEMA T");
    server.execute(
        "CREATE ALIAS T.PAUSE FOR 'org.irisgraph.jdbc.LauncherConnectionTest$Slow.pause'");
    server.execute("CREATE TABLE T.One (id INTEGER)");
    server.execute("INSERT INTO T.One VALUES (7)");
    server.execute("CREATE VIEW T.Slow AS SELECT id FROM T.One WHERE T.PAUSE() = 1");
    ConnectionSettings settings = target.settings();
    ConnectionSettings hasty =
        new ConnectionSettings(
            settings.jdbcUrl(),
            settings.user(),
            settings.password(),
            Map.of("NetworkTimeout", "300"),
            1);
    try (LauncherConnection launcher = LauncherConnection.open(hasty, PATIENT, () -> false)) {
      WAITING.set(launcher);

      int id = launcher.patiently("counting", LauncherConnectionTest::readSlowly);

      assertThat(id, is(7));
      assertThat(WAITS_FOR.get(), is("counting"));
      assertThat(launcher.waitsFor(), is(nullValue()));
      // The time limit is back.
      assertThrows(SQLException.class, () -> readSlowly(launcher.get()));
      launcher.discard();
    }
  }
}

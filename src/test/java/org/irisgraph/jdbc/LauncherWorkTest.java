package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.IrisWireServer;
import org.joda.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a run does on its connection, and again after an outage. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class LauncherWorkTest {

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
    Slow.current.end.countDown();
    target.close();
  }

  private LauncherConnection open() throws Exception {
    return LauncherConnection.open(target.settings(), PATIENT, () -> false);
  }

  @Test
  void repeatsWorkThatAnOutageInterrupts() throws Exception {
    server.acceptAnyStatement();
    server.execute("CREATE SCHEMA T");
    AtomicInteger attempts = new AtomicInteger();
    try (LauncherConnection launcher = open()) {
      launcher
          .work()
          .persistently(
              "linking",
              connection -> {
                if (attempts.incrementAndGet() < 3) {
                  server.dropConnections();
                }
                try (Statement statement = connection.createStatement()) {
                  return statement.execute("CREATE TABLE IF NOT EXISTS T.One (id INTEGER)");
                }
              });

      assertThat(attempts.get(), is(3));
      assertThat(launcher.work().waitsFor(), is(nullValue()));
    }
  }

  @Test
  void repeatsOnANewConnectionThoughTheDriverTakesTheFormerForUsable() throws Exception {
    Set<Connection> used = new HashSet<>();
    try (LauncherConnection launcher = open()) {
      launcher
          .work()
          .persistently(
              "reading",
              connection -> {
                used.add(connection);
                if (used.size() == 1) {
                  throw new SQLException("the connection was lost within a result", "08006");
                }
                return connection.isValid(1);
              });
    }
    assertThat(used, hasSize(2));
  }

  @Test
  void repeatsWorkInWhichADriverFindsItsConnectionClosed() throws Exception {
    Set<Connection> used = new HashSet<>();
    try (LauncherConnection launcher = open()) {
      launcher
          .work()
          .persistently(
              "linking",
              connection -> {
                used.add(connection);
                if (used.size() == 1) {
                  throw new AssertionError("getAutoCommit() should not throw");
                }
                return connection.isValid(1);
              });
    }
    assertThat(used, hasSize(2));
  }

  @Test
  void doesNotRepeatWorkOfAStoppedRun() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    AtomicBoolean isStopped = new AtomicBoolean();
    try (LauncherConnection launcher =
        LauncherConnection.open(target.settings(), PATIENT, isStopped::get)) {
      assertThrows(
          SQLException.class,
          () ->
              launcher
                  .work()
                  .persistently(
                      "linking",
                      connection -> {
                        attempts.incrementAndGet();
                        isStopped.set(true);
                        throw new SQLException("the server is away", "08006");
                      }));
    }
    assertThat(attempts.get(), is(1));
  }

  @Test
  void doesNotRepeatWorkThatTheDatabaseRefuses() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    try (LauncherConnection launcher = open()) {
      assertThrows(
          SQLException.class,
          () ->
              launcher
                  .work()
                  .persistently(
                      "linking",
                      connection -> {
                        attempts.incrementAndGet();
                        throw new SQLException("no such table", "42S02", -30);
                      }));
    }
    assertThat(attempts.get(), is(1));
  }

  /** A function of the database behind the server, which can call a public class only. */
  public static final class Slow {

    private static volatile Slow current = new Slow();

    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    private Slow() {}

    private static Slow begin() {
      current = new Slow();
      return current;
    }

    /** Takes until the test ends it. */
    public static int pause() throws InterruptedException {
      Slow slow = current;
      slow.started.countDown();
      slow.end.await();
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

  @Tag("slow")
  @Test
  void waitsForLongWorkWithoutTheTimeLimitAndSaysWhatFor() throws Exception {
    server.acceptAnyStatement();
    server.execute("CREATE SCHEMA T");
    server.execute("CREATE ALIAS T.PAUSE FOR 'org.irisgraph.jdbc.LauncherWorkTest$Slow.pause'");
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
    try (Connection limited = Database.connect(hasty);
        LauncherConnection launcher = LauncherConnection.open(hasty, PATIENT, () -> false)) {
      Slow counting = Slow.begin();
      FutureTask<Integer> id =
          new FutureTask<>(
              () -> launcher.work().patiently("counting", LauncherWorkTest::readSlowly));
      new Thread(id, "counting").start();
      counting.started.await();

      // A statement that has begun later reaches the time limit.
      assertThrows(SQLException.class, () -> readSlowly(limited));
      assertThat(launcher.work().waitsFor(), is("counting"));
      counting.end.countDown();
      assertThat(id.get(), is(7));
      assertThat(launcher.work().waitsFor(), is(nullValue()));

      Slow later = Slow.begin();
      assertThrows(SQLException.class, () -> readSlowly(launcher.get()), "the time limit is back");
      later.end.countDown();
      launcher.discard();
    }
  }
}

package org.irisgraph.iris;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.irisgraph.iris.Parcel.Item;
import org.irisgraph.iris.batch.BatchMetrics;
import org.irisgraph.iris.batch.BatchWriter;
import org.irisgraph.iris.batch.WritePlan;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.jdbc.RetryPolicy;
import org.joda.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL server that dies in the middle of a load and comes back. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("slow")
class PostgresOutageIT {

  private static final int ROWS = 20_000;
  private static final int ROWS_BEFORE_KILL = 4_000;
  private static final int SECONDS_AWAY = 10;

  @TempDir private Path data;

  @Test
  void losesNoRowAndWritesNoneTwiceWhenTheServerIsKilled() throws Exception {
    int port = freePort();
    EmbeddedPostgres first = start(port);
    ConnectionSettings settings =
        new ConnectionSettings(
            "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port),
            "postgres",
            PasswordReference.of(null),
            Map.of(),
            2);
    try (Connection connection = connect(port);
        Statement statement = connection.createStatement()) {
      for (String sql : Parcel.schemaAndTables()) {
        statement.execute(sql);
      }
    }
    CountDownLatch enoughForKill = new CountDownLatch(1);
    CompletableFuture<EmbeddedPostgres> second =
        CompletableFuture.supplyAsync(
                () -> {
                  await(enoughForKill);
                  kill(first);
                  return null;
                })
            .thenApplyAsync(
                ignored -> start(port),
                CompletableFuture.delayedExecutor(SECONDS_AWAY, TimeUnit.SECONDS));

    Totals totals;
    try (Load writer = new Load(settings)) {
      totals = writer.write(enoughForKill);
    }

    try (EmbeddedPostgres running = second.get(1, TimeUnit.MINUTES);
        Connection connection = connect(running.getPort());
        Statement statement = connection.createStatement();
        ResultSet counts =
            statement.executeQuery("SELECT COUNT(*), COUNT(DISTINCT id) FROM T.Items")) {
      counts.next();
      assertThat(counts.getInt(1), is(ROWS));
      assertThat(counts.getInt(2), is(ROWS));
      assertThat(totals.retries(), greaterThan(0));
      assertThat(totals.rejected(), is(0));
    }
  }

  private record Totals(int retries, int rejected) {}

  /** Writes all rows and signals when enough of them are stored. */
  private static final class Load implements AutoCloseable {
    private final Database database;
    private final BatchWriter<Parcel> writer;

    Load(ConnectionSettings settings) {
      database = Database.acquire(settings);
      writer =
          new BatchWriter<>(
              database,
              WritePlan.<Parcel>builder()
                  .setTables(Parcel.writes())
                  .setElementKey(Parcel::id)
                  .build(),
              new RetryPolicy(Duration.standardMinutes(2)));
    }

    Totals write(CountDownLatch enoughForKill) throws Exception {
      int retries = 0;
      int rejected = 0;
      for (int from = 0; from < ROWS; from += 500) {
        List<Parcel> parcels = new ArrayList<>();
        for (int i = from; i < from + 500; i++) {
          parcels.add(Parcel.of("p" + i, new Item("i" + i, "item")));
        }
        BatchMetrics metrics = writer.write(parcels).metrics();
        retries += metrics.retries();
        rejected += metrics.rejected();
        if (from + 500 >= ROWS_BEFORE_KILL) {
          enoughForKill.countDown();
        }
      }
      return new Totals(retries, rejected);
    }

    @Override
    public void close() {
      database.close();
    }
  }

  private EmbeddedPostgres start(int port) {
    try {
      return EmbeddedPostgres.builder()
          .setDataDirectory(data)
          .setCleanDataDirectory(false)
          .setPort(port)
          .setServerConfig("synchronous_commit", "on")
          .start();
    } catch (IOException e) {
      throw new IllegalStateException("PostgreSQL did not start", e);
    }
  }

  /** Kills the postmaster with SIGKILL, which ends its children. */
  private void kill(EmbeddedPostgres server) {
    try {
      long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      // Releases the lock on the directory; the server is already dead.
      server.close();
    } catch (IOException e) {
      throw new IllegalStateException("the server could not be killed", e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Connection connect(int port) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port), "postgres", "");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}

package org.irisgraph.iris.wire;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the real driver sees of a server that works. */
@Timeout(300)
class IrisWireServerTest {
  private IrisWireServer server;

  @BeforeEach
  void start() throws Exception {
    server = IrisWireServer.start();
    server.acceptAnyStatement();
    DriverConnections.createEntities(server);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void connectingCostsTwoRoundTrips() throws Exception {
    try (Connection connection = DriverConnections.connect(server)) {
      assertThat(DriverConnections.types(server), contains("HS", "CN"));
      assertThat(connection.isValid(1), is(true));
      assertThat(connection.getMetaData().getDatabaseProductName(), is("InterSystems IRIS"));
      assertThat(server.roundTrips(), is(3));
    }
    server.awaitMessages("DC", 1, Duration.ofSeconds(60));
    assertThat(server.roundTrips(), is(3));
  }

  @Test
  void aWrongPasswordIsRefused() {
    Properties wrong = DriverConnections.properties(server);
    wrong.setProperty("password", "guess");
    SQLException refused =
        assertThrows(
            SQLException.class, () -> DriverManager.getConnection(server.jdbcUrl(), wrong));
    assertThat(refused.getErrorCode(), is(461));
    assertThat(refused.getSQLState(), is("08S01"));
    SQLException cause = (SQLException) refused.getCause();
    assertThat(cause.getErrorCode(), is(402));
    assertThat(cause.getSQLState(), is("28000"));
  }

  @Test
  void theConnectionPropertiesOfTheFactsAreTaken() throws Exception {
    Properties properties = DriverConnections.properties(server);
    properties.setProperty("SO_SNDBUF", "262144");
    properties.setProperty("SO_RCVBUF", "262144");
    properties.setProperty("NetworkTimeout", "5000");
    properties.setProperty("CommitTimeout", "5000");
    properties.setProperty("FeatureOption", "0");
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), properties)) {
      assertThat(connection.getNetworkTimeout(), is(5000));
      assertThat(connection.isValid(1), is(true));
    }
  }

  @Test
  void aBatchIsOneMessageAndACommitAnother() throws Exception {
    try (Connection connection = DriverConnections.connect(server)) {
      connection.setAutoCommit(false);
      server.resetCounts();
      int[] counts =
          DriverConnections.batch(connection, DriverConnections.UPSERT, "e", "a", "b", "c")
              .executeBatch();
      assertThat(counts, is(new int[] {1, 1, 1}));
      assertThat(DriverConnections.storedIds(server), is(empty()));
      connection.commit();
      assertThat(DriverConnections.types(server), contains("PP", "PU", "TC"));
      assertThat(DriverConnections.executions(server).get(0).rows(), is(3));
      assertThat(
          DriverConnections.executions(server).get(0).sql(),
          containsString("INSERT OR UPDATE RAG.Entities"));
      assertThat(DriverConnections.storedIds(server), contains("e0", "e1", "e2"));
    }
  }

  @Test
  void whatIsNotCommittedIsRolledBack() throws Exception {
    try (Connection connection = DriverConnections.connect(server)) {
      connection.setAutoCommit(false);
      DriverConnections.batch(connection, DriverConnections.UPSERT, "e", "a").executeBatch();
      connection.rollback();
      assertThat(server.count("TR"), is(1));
      DriverConnections.batch(connection, DriverConnections.UPSERT, "e", "a").executeBatch();
    }
    server.awaitMessages("DC", 1, Duration.ofSeconds(60));
    assertThat(DriverConnections.storedIds(server), is(empty()));
  }

  @Test
  void theIsolationLevelIsRemembered() throws Exception {
    try (Connection connection = DriverConnections.connect(server)) {
      assertThat(connection.getTransactionIsolation(), is(Connection.TRANSACTION_READ_UNCOMMITTED));
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      assertThat(connection.getTransactionIsolation(), is(Connection.TRANSACTION_READ_COMMITTED));
    }
  }

  @Test
  void aSavepointUndoesWhatCameAfterIt() throws Exception {
    try (Connection connection = DriverConnections.connect(server)) {
      connection.setAutoCommit(false);
      DriverConnections.batch(connection, DriverConnections.UPSERT, "kept", "a").executeBatch();
      var savepoint = connection.setSavepoint("before");
      DriverConnections.batch(connection, DriverConnections.UPSERT, "lost", "a").executeBatch();
      connection.rollback(savepoint);
      connection.commit();
    }
    assertThat(DriverConnections.storedIds(server), contains("kept0"));
  }

  @Test
  void lockedRowsAreReportedAsALockConflict() throws Exception {
    try (Connection first = DriverConnections.connect(server);
        Connection second = DriverConnections.connect(server)) {
      DriverConnections.batch(first, DriverConnections.UPSERT, "e", "a").executeBatch();
      first.setAutoCommit(false);
      second.setAutoCommit(false);
      assertThat(
          DriverConnections.column(
              first, "SELECT entity_name FROM RAG.Entities WHERE entity_id = 'e0' FOR UPDATE"),
          contains("a"));
      PreparedStatement blocked =
          DriverConnections.batch(second, DriverConnections.UPSERT, "e", "b");
      SQLException conflict = assertThrows(SQLException.class, blocked::executeBatch);
      assertThat(conflict.getErrorCode(), is(110));
      assertThat(conflict.getSQLState(), is("S1000"));
      second.rollback();
      first.commit();
      assertThat(blocked.executeBatch().length, is(1));
      second.commit();
    }
  }

  @Test
  void twoConnectionsWriteAtTheSameTime() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(2);
    CyclicBarrier bothConnected = new CyclicBarrier(2);
    try {
      List<Future<Integer>> written = new ArrayList<>();
      for (String prefix : List.of("a", "b")) {
        written.add(writers.submit(() -> writeBatches(prefix, bothConnected)));
      }
      assertThat(written.get(0).get(), is(50));
      assertThat(written.get(1).get(), is(50));
    } finally {
      writers.shutdownNow();
    }
    assertThat(DriverConnections.storedIds(server).size(), is(100));
    assertThat(server.count("PU"), is(20));
  }

  private int writeBatches(String prefix, CyclicBarrier bothConnected) throws Exception {
    int rows = 0;
    try (Connection connection = DriverConnections.connect(server)) {
      connection.setAutoCommit(false);
      bothConnected.await();
      for (int i = 0; i < 10; i++) {
        rows +=
            DriverConnections.batch(
                    connection, DriverConnections.UPSERT, prefix + i, "1", "2", "3", "4", "5")
                .executeBatch()
                .length;
        connection.commit();
      }
    }
    return rows;
  }

  @Test
  void aPoolWorks() throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(server.jdbcUrl());
    config.setDataSourceProperties(DriverConnections.properties(server));
    config.setMaximumPoolSize(2);
    config.setAutoCommit(false);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      for (int i = 0; i < 3; i++) {
        try (Connection connection = pool.getConnection()) {
          DriverConnections.batch(connection, DriverConnections.UPSERT, "e" + i, "a")
              .executeBatch();
          connection.commit();
        }
      }
      server.dropConnections();
      pool.getHikariPoolMXBean().softEvictConnections();
      try (Connection connection = pool.getConnection()) {
        assertThat(connection.isValid(1), is(true));
      }
    }
    assertThat(DriverConnections.storedIds(server), contains("e00", "e10", "e20"));
  }

  @Test
  void closingLeavesNoThreadBehind() throws Exception {
    Connection open = DriverConnections.connect(server);
    assertThat(server.openConnections(), is(1));
    server.close();
    assertThat(open.isValid(1), is(false));
    assertThat(
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("iris-wire-" + server.port()))
            .toList(),
        is(empty()));
  }
}

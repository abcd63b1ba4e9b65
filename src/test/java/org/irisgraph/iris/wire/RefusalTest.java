package org.irisgraph.iris.wire;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server refuses although H2 would accept it, through the real driver. */
@Timeout(300)
class RefusalTest {
  private static final int MAX_STRING = 3_641_144;

  private IrisWireServer server;

  @BeforeEach
  void start() throws Exception {
    server = IrisWireServer.start();
    server.acceptAnyStatement();
    DriverConnections.createEntities(server);
    server.execute(
        "CREATE TABLE RAG.SourceDocuments (doc_id VARCHAR(4000) NOT NULL PRIMARY KEY,"
            + " source VARCHAR(4000), text_content LONGVARCHAR)");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private static void storeDocument(Connection connection, String id, String source, String text)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT OR UPDATE RAG.SourceDocuments (doc_id, source, text_content)"
                + " VALUES (?, ?, ?)")) {
      insert.setString(1, id);
      insert.setString(2, source);
      insert.setString(3, text);
      insert.executeUpdate();
    }
  }

  private static SQLException refused(Executable action) {
    return assertThrows(SQLException.class, action);
  }

  @Tag("slow")
  @Test
  void aTextIsRefusedFromTheLimitOfAStringOn() throws Exception {
    try (Connection connection = DriverConnections.connect(server)) {
      storeDocument(connection, "a", "s", "x".repeat(MAX_STRING));
      SQLException tooLong =
          refused(() -> storeDocument(connection, "b", "s", "x".repeat(MAX_STRING + 1)));
      assertThat(tooLong.getErrorCode(), is(400));
      assertThat(tooLong.getMessage(), containsString("<MAXSTRING>"));
      assertThat(
          DriverConnections.column(connection, "SELECT doc_id FROM RAG.SourceDocuments"),
          contains("a"));
    }
  }

  @Test
  void aKeyIsRefusedWhoseGlobalReferenceIsTooLong() throws Exception {
    try (Connection connection = DriverConnections.connect(server)) {
      storeDocument(connection, "x".repeat(490), "s", "t");
      assertThat(
          refused(() -> storeDocument(connection, "x".repeat(507), "s", "t")).getErrorCode(),
          is(400));
      SQLException tooLong = refused(() -> storeDocument(connection, "д".repeat(260), "s", "t"));
      assertThat(tooLong.getErrorCode(), is(400));
      assertThat(tooLong.getMessage(), containsString("<SUBSCRIPT>"));
      storeDocument(connection, "short", "д".repeat(4000), "t");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT source FROM RAG.SourceDocuments WHERE doc_id = ?",
        "SELECT SUBSTRING(source, ?, 9) FROM RAG.SourceDocuments WHERE source <> ? AND doc_id = ?",
        "SELECT s.source FROM RAG.Entities e JOIN RAG.SourceDocuments s ON s.doc_id = e.entity_id"
            + " WHERE s.doc_id IN (?, ?)",
        "UPDATE RAG.SourceDocuments SET source = ? WHERE doc_id = ?",
        "DELETE FROM RAG.SourceDocuments WHERE doc_id = ?"
      })
  void aKeyThatIsTooLongIsNotLookedUpEither(String sql) throws Exception {
    try (Connection connection = DriverConnections.connect(server);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      int parameters = (int) sql.chars().filter(c -> c == '?').count();
      for (int i = 1; i < parameters; i++) {
        statement.setString(i, "1");
      }
      statement.setString(parameters, "\u8a9e".repeat(165));
      statement.execute();
      statement.setString(parameters, "\u8a9e".repeat(166));
      assertThat(refused(statement::execute).getMessage(), containsString("<SUBSCRIPT>"));
    }
  }

  @Test
  void anIndexedValueIsRefusedUnlessItsIndexIsDeferred() throws Exception {
    server.execute("CREATE INDEX by_source ON RAG.SourceDocuments (source)");
    try (Connection connection = DriverConnections.connect(server);
        PreparedStatement deferred =
            connection.prepareStatement(
                "INSERT %NOINDEX INTO RAG.SourceDocuments (doc_id, source) VALUES (?, ?)")) {
      assertThat(
          refused(() -> storeDocument(connection, "a", "語".repeat(200), "t")).getErrorCode(),
          is(400));
      deferred.setString(1, "a");
      deferred.setString(2, "語".repeat(200));
      assertThat(deferred.executeUpdate(), is(1));
    }
  }

  @Test
  void anIndexedValueIsRefusedInAnUpdateToo() throws Exception {
    server.execute("CREATE INDEX by_source ON RAG.SourceDocuments (source)");
    try (Connection connection = DriverConnections.connect(server);
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE RAG.SourceDocuments SET text_content = ?, source = ? WHERE doc_id = ?")) {
      storeDocument(connection, "a", "s", "t");
      update.setString(1, "語".repeat(200));
      update.setString(2, "s");
      update.setString(3, "a");
      assertThat(update.executeUpdate(), is(1));
      update.setString(2, "語".repeat(200));
      assertThat(refused(update::executeUpdate).getMessage(), containsString("<SUBSCRIPT>"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE T.%s (id VARCHAR(9) NOT NULL, PRIMARY KEY (id))",
        "CREATE TABLE T.A (id VARCHAR(9) NOT NULL, %s INTEGER, PRIMARY KEY (id))",
        "CREATE TABLE T.A (id VARCHAR(9) NOT NULL, \"%s\" INTEGER, PRIMARY KEY (id))",
        "CREATE INDEX %s ON RAG.SourceDocuments (source)"
      })
  void aNameHasAtMost128Characters(String sql) throws Exception {
    try (Connection connection = DriverConnections.connect(server);
        Statement statement = connection.createStatement()) {
      assertThat(
          refused(() -> statement.execute(sql.formatted("x".repeat(129)))).getErrorCode(), is(1));
      statement.execute(sql.formatted("x".repeat(128)));
    }
  }

  @Test
  void oneRowWithALongKeyDoesNotStopTheOthersOfItsBatch() throws Exception {
    try (Connection connection = DriverConnections.connect(server);
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT OR UPDATE RAG.SourceDocuments (doc_id) VALUES (?)")) {
      for (String id : new String[] {"a", "б".repeat(300), "c"}) {
        insert.setString(1, id);
        insert.addBatch();
      }
      assertThat(refused(insert::executeBatch).getErrorCode(), is(400));
      assertThat(
          DriverConnections.column(connection, "SELECT doc_id FROM RAG.SourceDocuments"),
          contains("a", "c"));
    }
  }

  @Test
  void sortingFailsWhereTheValuesAreTooLong() throws Exception {
    try (Connection connection = DriverConnections.connect(server)) {
      storeDocument(connection, "a", "/short", "t");
      String query =
          "SELECT doc_id FROM RAG.SourceDocuments WHERE source IS NOT NULL ORDER BY source, doc_id";
      assertThat(DriverConnections.column(connection, query), contains("a"));
      storeDocument(connection, "b", "/a/folder".repeat(60), "t");
      SQLException tooLong = refused(() -> DriverConnections.column(connection, query));
      assertThat(tooLong.getErrorCode(), is(400));
      assertThat(tooLong.getMessage(), containsString("<SUBSCRIPT>"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT %EXACT(source), COUNT(*) FROM RAG.SourceDocuments GROUP BY %EXACT(source)",
        "SELECT source, COUNT(*) AS n FROM (SELECT source FROM RAG.SourceDocuments"
            + " WHERE doc_id <> 'c') d GROUP BY source ORDER BY n DESC"
      })
  void groupingFailsWhereTheValuesAreTooLong(String query) throws Exception {
    try (Connection connection = DriverConnections.connect(server)) {
      storeDocument(connection, "a", "語".repeat(150), "t");
      assertThat(DriverConnections.column(connection, query), contains("語".repeat(150)));
      storeDocument(connection, "b", "語".repeat(255), "t");
      SQLException tooLong = refused(() -> DriverConnections.column(connection, query));
      assertThat(tooLong.getErrorCode(), is(400));
      assertThat(tooLong.getMessage(), containsString("<SUBSCRIPT>"));
    }
  }

  @Test
  void aReservedWordIsANameInQuotesOnly() throws Exception {
    try (Connection connection = DriverConnections.connect(server);
        Statement statement = connection.createStatement()) {
      SQLException bare =
          refused(
              () -> statement.execute("CREATE TABLE T.Articles (id VARCHAR(9), date VARCHAR(9))"));
      assertThat(bare.getErrorCode(), is(1));
      statement.execute("CREATE TABLE T.Articles (id VARCHAR(9), \"date\" VARCHAR(9))");
      for (String sql :
          new String[] {
            "SELECT id, date FROM T.Articles",
            "SELECT id FROM T.Articles WHERE id = ? AND date = ?",
            "SELECT a.date FROM T.Articles a",
            "INSERT INTO T.Articles (id, date) VALUES (?, ?)",
            "UPDATE T.Articles SET date = ? WHERE id = ?",
            "SELECT id FROM T.Articles ORDER BY date"
          }) {
        SQLException refused = refused(() -> connection.prepareStatement(sql));
        assertThat(sql, refused.getErrorCode(), is(1));
        assertThat(sql, refused.getMessage(), containsString("reserved word (DATE)"));
      }
      assertThat(
          DriverConnections.column(connection, "SELECT \"date\" FROM T.Articles"), is(empty()));
    }
  }

  @Test
  void aStatementWithoutALineInTheCatalogueFailsAndLetsTheTestFail() throws Exception {
    IrisWireServer strict = IrisWireServer.start();
    DriverConnections.createEntities(strict);
    try (Connection connection = DriverConnections.connect(strict)) {
      SQLException unknown =
          refused(
              () ->
                  connection.prepareStatement(
                      "SELECT entity_id FROM RAG.Entities WHERE entity_id BETWEEN ? AND ?"));
      assertThat(unknown.getErrorCode(), is(1));
    }
    IllegalStateException failure = assertThrows(IllegalStateException.class, strict::close);
    assertThat(
        failure.getSuppressed()[0].getMessage(),
        containsString("SELECT name FROM name WHERE name BETWEEN ? AND ?"));
    assertThat(failure.getSuppressed()[0].getMessage(), containsString("iris-statements.tsv"));
  }

  @Test
  void aConnectionBeyondTheLicenceIsRefusedUntilAnotherIsClosed() throws Exception {
    server.limitConnections(2);
    try (Connection first = DriverConnections.connect(server)) {
      Connection second = DriverConnections.connect(server);
      SQLException refused = refused(() -> DriverConnections.connect(server).close());
      assertThat(refused.getMessage(), containsString("LICENSE LIMIT EXCEEDED"));
      second.close();
      Awaitility.await().until(() -> server.openConnections() == 1);
      DriverConnections.connect(server).close();
      assertThat(first.isValid(1), is(true));
    }
    assertThat(server.peakConnections(), is(2));
  }

  private static void store(Connection connection, String prefix, int rows) throws SQLException {
    String[] names = new String[rows];
    Arrays.fill(names, "n");
    DriverConnections.batch(connection, DriverConnections.UPSERT, prefix, names).executeBatch();
  }

  @Test
  void aThousandRowsOfATableLeaveItToOthers() throws Exception {
    try (Connection first = DriverConnections.connect(server);
        Connection second = DriverConnections.connect(server)) {
      first.setAutoCommit(false);
      second.setAutoCommit(false);
      store(first, "a", 1_000);
      assertThat(server.lockedTables(), is(0));
      store(second, "b", 1);
      second.commit();
      first.commit();
    }
  }

  @Test
  void theNextRowLocksTheTableAgainstOtherSessions() throws Exception {
    try (Connection first = DriverConnections.connect(server);
        Connection second = DriverConnections.connect(server)) {
      first.setAutoCommit(false);
      second.setAutoCommit(false);
      store(first, "a", 1_001);
      assertThat(server.lockedTables(), is(1));
      long start = System.nanoTime();
      SQLException conflict = refused(() -> store(second, "b", 1));
      long waitedMillis = (System.nanoTime() - start) / 1_000_000;
      assertThat(conflict.getErrorCode(), is(110));
      assertThat(waitedMillis, is(greaterThan(900L)));
      second.rollback();
      first.commit();
      assertThat(server.lockedTables(), is(0));
      store(second, "b", 1);
      second.commit();
    }
  }

  @Test
  void whoWaitsForALockedTableGoesOnAfterTheCommit() throws Exception {
    ExecutorService waiting = Executors.newSingleThreadExecutor();
    try (Connection first = DriverConnections.connect(server);
        Connection second = DriverConnections.connect(server)) {
      first.setAutoCommit(false);
      store(first, "a", 1_001);
      int executions = server.count("PU");
      Future<?> stored = waiting.submit(() -> storeOne(second));
      server.awaitMessages("PU", executions + 1, Duration.ofSeconds(60));
      first.commit();
      stored.get();
    } finally {
      waiting.shutdownNow();
    }
    assertThat(DriverConnections.storedIds(server).size(), is(1_002));
  }

  private static Void storeOne(Connection connection) throws SQLException {
    store(connection, "b", 1);
    return null;
  }

  @Test
  void deletedAndStoredRowsCountTogether() throws Exception {
    try (Connection connection = DriverConnections.connect(server)) {
      store(connection, "a", 600);
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        assertThat(
            statement.executeUpdate("DELETE FROM RAG.Entities WHERE entity_name = 'n'"), is(600));
      }
      store(connection, "b", 400);
      assertThat(server.lockedTables(), is(0));
      store(connection, "c", 1);
      assertThat(server.lockedTables(), is(1));
      connection.rollback();
      assertThat(server.lockedTables(), is(0));
    }
  }

  @Test
  void aTableIsLockedWhileNoOtherSessionHasChangedIt() throws Exception {
    try (Connection first = DriverConnections.connect(server);
        Connection second = DriverConnections.connect(server)) {
      first.setAutoCommit(false);
      second.setAutoCommit(false);
      store(second, "b", 1);
      assertThat(refused(() -> store(first, "a", 1_001)).getErrorCode(), is(110));
      first.rollback();
      second.commit();
      store(first, "a", 1_001);
      assertThat(server.lockedTables(), is(1));
    }
  }

  @Test
  void theThresholdIsASettingOfTheServer() throws Exception {
    server.setLockThreshold(10);
    try (Connection connection = DriverConnections.connect(server)) {
      connection.setAutoCommit(false);
      store(connection, "a", 10);
      assertThat(server.lockedTables(), is(0));
      store(connection, "b", 1);
      assertThat(server.lockedTables(), is(1));
    }
  }
}

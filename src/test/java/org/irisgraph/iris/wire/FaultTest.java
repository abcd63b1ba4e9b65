package org.irisgraph.iris.wire;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each fault looks like to the user of the real driver, and what it leaves in the tables. */
@Timeout(300)
class FaultTest {
  private IrisWireServer server;
  private Connection connection;

  @BeforeEach
  void start() throws Exception {
    server = IrisWireServer.start();
    server.acceptAnyStatement();
    DriverConnections.createEntities(server);
    connection = DriverConnections.impatient(server);
  }

  @AfterEach
  void stop() throws Exception {
    connection.close();
    server.close();
  }

  private PreparedStatement fourRows() throws SQLException {
    return DriverConnections.batch(connection, DriverConnections.UPSERT, "e", "a", "b", "c", "d");
  }

  private SQLException executeUnder(Fault fault) throws SQLException {
    server.inject(fault);
    PreparedStatement rows = fourRows();
    BatchUpdateException failure = assertThrows(BatchUpdateException.class, rows::executeBatch);
    assertThat(failure.getUpdateCounts(), is(new int[] {-3, -3, -3, -3}));
    assertThat(server.pendingFaults(), is(0));
    return failure;
  }

  private SQLException commitUnder(Fault fault) throws SQLException {
    fourRows().executeBatch();
    server.inject(fault.on("TC"));
    SQLException failure = assertThrows(SQLException.class, connection::commit);
    assertThat(failure.getSQLState(), is(nullValue()));
    assertThat(failure.getErrorCode(), is(0));
    assertThat(failure.getMessage(), startsWith("Commit Failure: "));
    return failure;
  }

  private static Stream<Arguments> errors() {
    return Stream.of(
        Arguments.of(Fault.lockConflict(), 110, "S1000"),
        Arguments.of(Fault.lockTimeout(), 114, "S1000"),
        Arguments.of(Fault.uniqueViolation(), 119, "S1000"),
        Arguments.of(Fault.fieldValidation(), 104, "23000"),
        Arguments.of(Fault.error(99, "User does not have the privilege"), 99, "S1000"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void anErrorRefusesTheBatchAndLeavesTheConnectionUsable(Fault fault, int code, String state)
      throws Exception {
    SQLException failure = executeUnder(fault);
    assertThat(failure.getErrorCode(), is(code));
    assertThat(failure.getSQLState(), is(state));
    assertThat(failure.getMessage(), is(fault.text()));
    connection.commit();
    assertThat(DriverConnections.storedIds(server), is(empty()));
    assertThat(fourRows().executeBatch(), is(new int[] {1, 1, 1, 1}));
  }

  private static Stream<Fault> drops() {
    return Stream.of(Fault.dropBefore(), Fault.dropDuring(), Fault.dropBeforeReply());
  }

  @ParameterizedTest
  @MethodSource("drops")
  void aConnectionLostInABatchLeavesNothing(Fault fault) throws Exception {
    SQLException failure = executeUnder(fault);
    assertThat(failure.getErrorCode(), is(461));
    assertThat(failure.getSQLState(), is("08S01"));
    assertThat(connection.isClosed(), is(true));
    assertThat(DriverConnections.storedIds(server), is(empty()));
  }

  @Test
  void inAutocommitAConnectionLostInTheMiddleLeavesHalf() throws Exception {
    connection.setAutoCommit(true);
    executeUnder(Fault.dropDuring());
    assertThat(DriverConnections.storedIds(server), contains("e0", "e1"));
  }

  @Test
  void aConnectionLostAfterTheReplyIsNoticedByTheNextMessage() throws Exception {
    server.inject(Fault.dropAfterReply());
    assertThat(fourRows().executeBatch(), is(new int[] {1, 1, 1, 1}));
    assertThat(connection.isClosed(), is(false));
    assertThrows(SQLException.class, connection::commit);
    assertThat(connection.isClosed(), is(true));
    assertThat(DriverConnections.storedIds(server), is(empty()));
  }

  private static Stream<Fault> hangs() {
    return Stream.of(Fault.hangBefore(), Fault.hangBeforeReply());
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("hangs")
  void aBatchThatHangsTimesOutAndTheConnectionStillLooksOpen(Fault fault) throws Exception {
    SQLException failure = executeUnder(fault);
    assertThat(failure.getErrorCode(), is(461));
    assertThat(failure.getMessage(), containsString("Read timed out"));
    assertThat(connection.isClosed(), is(false));
    assertThat(connection.isValid(1), is(false));
    assertThat(DriverConnections.storedIds(server), is(empty()));
  }

  @Test
  void aWrongMessageCountClosesTheConnection() throws Exception {
    SQLException failure = executeUnder(Fault.wrongMessageCount());
    assertThat(failure.getErrorCode(), is(452));
    assertThat(failure.getSQLState(), is("08S01"));
    assertThat(failure.getMessage(), startsWith("Invalid Message Count (452); expected: "));
    assertThat(connection.isClosed(), is(true));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void aShortBodyMakesTheDriverStumble(int counts) throws Exception {
    server.inject(Fault.shortBody(counts));
    PreparedStatement rows = fourRows();
    assertThrows(ArrayIndexOutOfBoundsException.class, rows::executeBatch);
    connection.commit();
    assertThat(DriverConnections.storedIds(server), contains("e0", "e1", "e2", "e3"));
  }

  @Test
  void aCommitThatFailsBeforeItIsDoneLeavesNothing() throws Exception {
    SQLException failure = commitUnder(Fault.dropBefore());
    assertThat(failure.getMessage(), containsString("Server closed communication device"));
    assertThat(connection.isClosed(), is(true));
    assertThat(DriverConnections.storedIds(server), is(empty()));
  }

  @Test
  void aCommitThatFailsAfterItIsDoneLooksTheSame() throws Exception {
    SQLException failure = commitUnder(Fault.dropBeforeReply());
    assertThat(failure.getMessage(), containsString("Server closed communication device"));
    assertThat(DriverConnections.storedIds(server), contains("e0", "e1", "e2", "e3"));
  }

  @Test
  void aCommitThatIsRefusedHidesItsCode() throws Exception {
    SQLException failure = commitUnder(Fault.lockConflict());
    assertThat(failure.getMessage(), containsString("Locking conflict in filing"));
    assertThat(connection.isClosed(), is(false));
    connection.rollback();
    assertThat(DriverConnections.storedIds(server), is(empty()));
  }

  @Test
  void aCommitThatHangsEndsWithTheCommitTimeout() throws Exception {
    SQLException failure = commitUnder(Fault.hangBeforeReply());
    assertThat(
        failure.getMessage(), containsString("CommitTimeout=" + DriverConnections.TIMEOUT_MILLIS));
    assertThat(DriverConnections.storedIds(server), contains("e0", "e1", "e2", "e3"));
  }

  @Test
  void aLoginCanBeRefused() throws Exception {
    server.inject(Fault.refuseLogin());
    SQLException failure =
        assertThrows(SQLException.class, () -> DriverConnections.connect(server));
    assertThat(failure.getErrorCode(), is(461));
    assertThat(((SQLException) failure.getCause()).getErrorCode(), is(402));
    DriverConnections.connect(server).close();
  }

  @Test
  void aServerThatCannotBeReachedIsALinkFailure() throws Exception {
    server.inject(Fault.dropBefore().on("HS").times(2));
    for (int i = 0; i < 2; i++) {
      SQLException failure =
          assertThrows(SQLException.class, () -> DriverConnections.connect(server));
      assertThat(failure.getErrorCode(), is(461));
      assertThat(failure.getSQLState(), is("08S01"));
    }
    DriverConnections.connect(server).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PP", "PQ", "DQ", "DU"})
  void anErrorCanHitAnyStatement(String type) throws Exception {
    server.inject(Fault.error(400, "Fatal error").on(type));
    SQLException failure =
        assertThrows(
            SQLException.class,
            () -> {
              connection.createStatement().execute("CREATE TABLE RAG.Other (id INTEGER)");
              connection.createStatement().executeQuery("SELECT id FROM RAG.Other");
              connection.prepareStatement("SELECT entity_id FROM RAG.Entities").executeQuery();
            });
    assertThat(failure.getErrorCode(), is(400));
    assertThat(failure.getMessage(), is("Fatal error"));
    assertThat(connection.isValid(1), is(true));
  }

  @Test
  void aFaultStrikesTheStatementAndTheOccurrenceItIsMeantFor() throws Exception {
    server.inject(Fault.lockConflict().containing("update rag.entities").after(1).times(2));
    assertThat(fourRows().executeBatch().length, is(4));
    assertThrows(BatchUpdateException.class, fourRows()::executeBatch);
    assertThrows(BatchUpdateException.class, fourRows()::executeBatch);
    PreparedStatement other =
        DriverConnections.batch(connection, DriverConnections.INSERT, "n", "a");
    assertThat(other.executeBatch().length, is(1));
    assertThat(fourRows().executeBatch().length, is(4));
  }
}

package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.beam.sdk.util.SerializableUtils;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.Fault;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.iris.wire.LoggedMessage;
import org.joda.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the dialect of IRIS asks a server, and makes of its answers, through the real driver. */
@Timeout(300)
class IrisDialectTest {
  private IrisWireServer server;
  private TestTarget target;

  @BeforeEach
  void start() throws Exception {
    server = IrisWireServer.start();
    server.execute("CREATE TABLE RAG.Kids (kid_id VARCHAR(20) NOT NULL PRIMARY KEY)");
    server.execute(
        "CREATE TABLE RAG.Toys (toy_id VARCHAR(20) NOT NULL PRIMARY KEY, kid_id INTEGER)");
    target = TestTarget.iris(server);
  }

  @AfterEach
  void stop() throws Exception {
    target.close();
  }

  private Connection connect() throws SQLException {
    return Database.connect(target.settings());
  }

  /** Workers get it with the steps of the pipeline. */
  @Test
  void travelsWithTheServersVersion() throws Exception {
    try (Connection connection = connect()) {
      Dialect dialect = new IrisDialect().of(connection);

      assertThat(
          SerializableUtils.ensureSerializable(dialect).vectorType(3), is(dialect.vectorType(3)));
    }
  }

  private List<String> lookUps() {
    return server.messages().stream()
        .map(LoggedMessage::sql)
        .filter(sql -> sql.contains("INFORMATION_SCHEMA"))
        .distinct()
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RAG.Toys", "rag.toys"})
  void findsATableByItsNameWithoutReadingAllTables(String table) throws Exception {
    try (Connection connection = connect()) {
      assertThat(TableShape.lookUp(connection, table).has("KID_ID"), is(true));
      assertThat(
          Dialects.of(server.jdbcUrl()).indexedColumns(connection, table), is(Set.of("toy_id")));
    }
    assertThat(lookUps(), hasSize(2));
    assertThat(lookUps(), everyItem(not(containsString("LOWER"))));
  }

  @Test
  void looksForAMissingTableWithoutReadingAllTables() throws Exception {
    try (Connection connection = connect()) {
      assertThat(TableShape.lookUp(connection, "RAG.Cats").exists(), is(false));
    }
    assertThat(lookUps(), hasSize(1));
    assertThat(lookUps(), everyItem(not(containsString("LOWER"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "119 | [%msg: <Field(s) KidName=\"Molly Bloom\"; failed unique check>]"
            + " | [%msg: <Field(s) KidName=\"…\"; failed unique check>]",
        "119 | Field(s) KidName=\"Molly\", Town=\"a \"\"b\"\" c\"; failed unique check"
            + " | Field(s) KidName=\"…\"; failed unique check",
        "104 | Field 'RAG.Kids.name' (value 'it's Molly') failed validation"
            + " | Field 'RAG.Kids.name' (value '…') failed validation",
        "105 | Field 'RAG.Kids.name' (value 'Molly Bl | Field 'RAG.Kids.name' (value '…')",
        "120 | KidName=\"Molly Bloom | KidName=\"…\"",
        "30 |  Table 'RAG.KIDS' not found | Table 'RAG.KIDS' not found"
      })
  void doesNotRepeatTheValuesThatAServerQuotes(int code, String message, String shown)
      throws Exception {
    try (Connection connection = connect();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO RAG.Kids (kid_id) VALUES (?)")) {
      insert.setString(1, "a");
      server.inject(Fault.error(code, message));
      SQLException error = assertThrows(SQLException.class, insert::executeUpdate);
      assertThat(ErrorClassifier.message(error), is(shown));
      assertThat(ErrorClassifier.describe(error), containsString(shown + " (code " + code));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "IRIS for UNIX (Ubuntu Server LTS for x86-64) 2023.1.1 (Build 380U) Fri Oct 13 2023",
        "Cache for Windows (x86-64) 2018.1 (Build 184U) Wed Sep 19 2018"
      })
  void refusesAServerWithoutVectors(String version) {
    server.reportVersion(version);
    SQLException refused = assertThrows(SQLException.class, this::connect);
    assertThat(refused.getMessage(), containsString("the oldest supported version is 2024.1"));
    assertThat(
        ErrorClassifier.ofConnect(target.settings().dialect(), refused),
        is(ErrorClass.CONFIGURATION));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Of_Toys.Vectors", "SQLUser.Vectors", "RAG.Toy_Vectors"})
  void sendsVectorsInTheTypeAndLengthOfTheirColumn(String table) throws Exception {
    server.execute(
        "CREATE TABLE %s (id VARCHAR(20) PRIMARY KEY, f VECTOR(FLOAT, 384), d_of_toys VECTOR(DOUBLE, 768))"
            .formatted(table));
    try (Connection connection = connect()) {
      assertThat(
          vectorColumn(connection, table, "f"),
          is(Optional.of(indexable("f", "TO_VECTOR(?, FLOAT, 384)", 384))));
      assertThat(
          vectorColumn(connection, table, "d_of_toys"),
          is(Optional.of(indexable("d_of_toys", "TO_VECTOR(?, DOUBLE, 768)", 768))));
      assertThat(vectorColumn(connection, table, "none"), is(Optional.empty()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2024.1, DOUBLE, false",
    "2024.2, DOUBLE, false",
    "2024.3, FLOAT, false",
    "2025.1, FLOAT, true"
  })
  void createsVectorsOfTheTypeThatTheVersionOfTheServerHas(
      String version, String element, boolean hasIndex) throws Exception {
    server.reportVersion("IRIS for UNIX (Ubuntu) %s (Build 1U)".formatted(version));
    TableDefinition table =
        TableDefinition.of(
            "Of_Toys.Vectors",
            "id",
            TableDefinition.Column.required("id", 20),
            new TableDefinition.Column("v", Dialect.ColumnType.VECTOR, 3, ""));
    try (Connection connection = connect()) {
      new RequiredTables(target.settings().dialect(), List.of(table)).create(connection);

      VectorColumn column = vectorColumn(connection, "Of_Toys.Vectors", "v").orElseThrow();

      assertThat(column.marker(), is("TO_VECTOR(?, %s, 3)".formatted(element)));
      assertThat(column.index() != null, is(hasIndex));
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT OR UPDATE Of_Toys.Vectors (id, v) VALUES (?, %s)"
                  .formatted(column.marker()))) {
        insert.setString(1, "a");
        insert.setString(2, "1,2,3");
        assertThat(insert.executeUpdate(), is(1));
      }
    }
  }

  private static VectorColumn indexable(String name, String marker, int dimension) {
    return new VectorColumn(
        name, marker, false, dimension, "TABLE %s (" + name + ") AS HNSW(Distance='DotProduct')");
  }

  @Test
  void assumesTheTypeOfVectorsThatTheServerDoesNotGive() throws Exception {
    server.execute("CREATE TABLE Of_Toys.Vectors (id VARCHAR(20), d VECTOR(DOUBLE, 768))");
    server.inject(Fault.error(99, "Privilege violation").on("PQ").containing("CompiledProperty"));
    try (Connection connection = connect()) {
      assertThat(
          vectorColumn(connection, "Of_Toys.Vectors", "d"),
          is(Optional.of(indexable("d", "TO_VECTOR(?, FLOAT, 384)", 384))));
      assertThat(server.pendingFaults(), is(0));
    }
  }

  private Optional<VectorColumn> vectorColumn(Connection connection, String table, String name)
      throws SQLException {
    return target.settings().dialect().vectorColumn(connection, table, name);
  }

  @Test
  void hasItsTimeLimitAgainAfterAClassMethodThatFails() throws Exception {
    try (Connection connection = connect()) {
      int limit = connection.getNetworkTimeout();
      assertThrows(
          SQLException.class,
          () -> target.settings().dialect().callClassMethod(connection, "Of.Toys", "Build"));
      assertThat(connection.getNetworkTimeout(), is(limit));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 200, 1_000, 5_000_000})
  void readsTheLockThreshold(int rows) throws Exception {
    server.setLockThreshold(rows);
    try (Connection connection = connect()) {
      assertThat(IrisOptions.lockThreshold(connection), is(OptionalInt.of(rows)));
      assertThat(TableShape.lookUp(connection, "RAG.Toys").exists(), is(true));
    }
  }

  @Test
  void doesNotKnowALockThresholdOfZero() throws Exception {
    server.setLockThreshold(0);
    try (Connection connection = connect()) {
      assertThat(IrisOptions.lockThreshold(connection), is(OptionalInt.empty()));
    }
  }

  static Fault[] refusals() {
    return new Fault[] {
      Fault.error(5002, "<PROTECT> *Access to %Native_ClassExecution denied"),
      Fault.wrongMessageCount(),
      Fault.shortBody(0),
      Fault.dropBefore(),
      Fault.dropBeforeReply()
    };
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void doesWithoutTheLockThresholdOfAServerThatDoesNotGiveIt(Fault refusal) throws Exception {
    try (LauncherConnection launcher =
        LauncherConnection.open(target.settings(), Duration.standardSeconds(9), () -> false)) {
      server.inject(refusal.on(IrisWireServer.CLASS_METHOD));
      assertThat(IrisOptions.lockThreshold(launcher.get()), is(OptionalInt.empty()));
      assertThat(server.pendingFaults(), is(0));
      assertThat(TableShape.lookUp(launcher.usableNow(), "RAG.Toys").exists(), is(true));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "IRIS for UNIX (Ubuntu Server LTS for ARM64 Containers) 2024.1 (Build 267_2U) Tue Apr 30",
        "IRIS for UNIX 2026.2 (Build 1U)",
        "IRIS of a vendor"
      })
  void acceptsAServerThatIsNotOlder(String version) throws Exception {
    server.reportVersion(version);
    try (Connection connection = connect()) {
      assertThat(connection.isValid(1), is(true));
    }
  }
}

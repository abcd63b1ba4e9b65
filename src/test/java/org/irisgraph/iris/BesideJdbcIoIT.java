package org.irisgraph.iris;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.io.jdbc.JdbcIO;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.irisgraph.iris.spec.RejectedRow;
import org.irisgraph.jdbc.ConnectionSettings;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * {@link IrisIO} and Beam's JdbcIO side by side, each with its defaults and the same rows into the
 * same PostgreSQL: the table of {@code docs/iris-io.md}.
 */
@Tag("slow")
class BesideJdbcIoIT {

  private static final int ROWS = 5_000;

  /** The name by which the server knows the connections of the two sinks. */
  private static final String SINK = "sink";

  private static final Schema SCHEMA =
      Schema.builder().addStringField("id").addStringField("name").build();

  @RegisterExtension static final SharedTarget POSTGRES = new SharedTarget(TestTarget::postgres);

  private static final AtomicInteger TABLES = new AtomicInteger();

  private static final AtomicBoolean cutOff = new AtomicBoolean();

  private final TestTarget target = POSTGRES.get();

  /** Differs in each test: a failed pipeline goes on writing for a while. */
  private final String table = "t.people" + TABLES.incrementAndGet();

  @BeforeEach
  void createTable() throws Exception {
    target.execute(
        "CREATE SCHEMA IF NOT EXISTS T",
        "CREATE TABLE %s (id VARCHAR(20) PRIMARY KEY, name VARCHAR(20))".formatted(table));
    cutOff.set(false);
  }

  private static Row person(String id, String name) {
    return Row.withSchema(SCHEMA).addValues(id, name).build();
  }

  private static List<Row> people(int count) {
    List<Row> people = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      people.add(person("p" + i, "name"));
    }
    return people;
  }

  private ConnectionSettings settings() {
    ConnectionSettings settings = target.settings();
    return new ConnectionSettings(
        settings.jdbcUrl(),
        settings.user(),
        settings.password(),
        Map.of("ApplicationName", SINK),
        settings.writers());
  }

  private IrisIO.Write<Row> irisIo() {
    return IrisIO.writeRows(table, "id").withConnection(settings());
  }

  private JdbcIO.Write<Row> jdbcIo() {
    return JdbcIO.<Row>write()
        .withDataSourceConfiguration(
            JdbcIO.DataSourceConfiguration.create(
                    "org.postgresql.Driver", target.settings().jdbcUrl())
                .withUsername("postgres")
                .withPassword("")
                .withConnectionProperties("ApplicationName=" + SINK))
        .withTable(table);
  }

  /** The rejected rows are those that are expected. */
  private static void runIrisIo(List<Row> rows, IrisIO.Write<Row> write, String... rejected) {
    Pipeline pipeline = Pipeline.create();
    WriteResult<Row> result =
        pipeline.apply(Create.of(rows).withRowSchema(SCHEMA)).apply("Write", write);
    PAssert.that(
            result
                .rejected()
                .apply(MapElements.into(TypeDescriptors.strings()).via(RejectedRow::rowId)))
        .containsInAnyOrder(rejected);
    pipeline.run().waitUntilFinish();
  }

  private static void runJdbcIo(List<Row> rows, JdbcIO.Write<Row> write) {
    Pipeline pipeline = Pipeline.create();
    pipeline.apply(Create.of(rows).withRowSchema(SCHEMA)).apply(write);
    pipeline.run().waitUntilFinish();
  }

  /** The message of the failed pipeline. */
  private static String failure(List<Row> rows, JdbcIO.Write<Row> write) {
    return assertThrows(Pipeline.PipelineExecutionException.class, () -> runJdbcIo(rows, write))
        .getMessage();
  }

  @Test
  void aBadRowIsNamedOrFailsThePipelineHalfway() throws Exception {
    List<Row> rows = people(ROWS);
    rows.set(2_500, person("bad", "x".repeat(21)));

    runIrisIo(rows, irisIo(), "bad");
    assertThat(target.count(table), is(ROWS - 1L));

    target.execute("DELETE FROM " + table);
    assertThat(failure(rows, jdbcIo()), containsString("exceeds database column capacity"));
    assertThat(target.count(table), is(lessThan(ROWS - 1L)));
  }

  @Test
  void aKeyThatComesTwiceIsStoredOnceOrFailsThePipeline() throws Exception {
    List<Row> rows = List.of(person("p", "name"), person("p", "name"));

    runIrisIo(rows, irisIo());
    assertThat(target.rows("SELECT * FROM " + table), contains("p|name"));

    target.execute("DELETE FROM " + table);
    assertThat(failure(rows, jdbcIo()), containsString("duplicate key value"));
  }

  @Test
  void aSecondRunChangesNothingOrFails() throws Exception {
    runIrisIo(people(ROWS), irisIo());
    runIrisIo(people(ROWS), irisIo());
    assertThat(target.count(table), is((long) ROWS));

    assertThat(failure(people(ROWS), jdbcIo()), containsString("duplicate key value"));
  }

  @Test
  void aLostConnectionIsReplacedOrFailsThePipelineHalfway() throws Exception {
    String url = target.settings().jdbcUrl();

    runIrisIo(people(ROWS), irisIo().withCommitGuard(connection -> cutOffOnce(url)));
    assertThat(cutOff.get(), is(true));
    assertThat(target.count(table), is((long) ROWS));

    target.execute("DELETE FROM " + table);
    cutOff.set(false);
    // Whether driver or pool notices it first, and so the message, depends on the moment.
    failure(
        people(ROWS),
        jdbcIo()
            .withStatement("INSERT INTO %s VALUES (?, ?)".formatted(table))
            .withPreparedStatementSetter(
                (row, statement) -> {
                  statement.setString(1, row.getString(0));
                  statement.setString(2, row.getString(1));
                  cutOffOnce(url);
                }));
    assertThat(target.count(table), is(lessThan((long) ROWS)));
  }

  /** Ends the connections of the sink at the server. */
  private static void cutOffOnce(String url) throws SQLException {
    if (cutOff.compareAndSet(false, true)) {
      try (Connection connection = DriverManager.getConnection(url, "postgres", "");
          Statement statement = connection.createStatement()) {
        statement.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '%s'"
                .formatted(SINK));
      }
    }
  }

  @Test
  void unboundedInputIsStoredByBoth() throws Exception {
    TestStream<Row> stream =
        TestStream.create(RowCoder.of(SCHEMA))
            .addElements(
                TimestampedValue.of(person("early", "name"), Instant.ofEpochMilli(0)),
                TimestampedValue.of(person("late", "name"), Instant.ofEpochMilli(60_000)))
            .advanceWatermarkToInfinity();
    Window<Row> minutes = Window.into(FixedWindows.of(Duration.standardMinutes(1)));
    IntervalWindow first = new IntervalWindow(Instant.ofEpochMilli(0), Duration.standardMinutes(1));

    Pipeline pipeline = Pipeline.create();
    PCollection<Row> committed =
        pipeline
            .apply(stream)
            .setRowSchema(SCHEMA)
            .apply(minutes)
            .apply(irisIo().withMaxBufferingDuration(Duration.millis(200)))
            .committed();
    PAssert.that(committed).inWindow(first).containsInAnyOrder(person("early", "name"));
    pipeline.run().waitUntilFinish();
    assertThat(target.count(table), is(2L));

    target.execute("DELETE FROM " + table);
    Pipeline other = Pipeline.create();
    PCollection<Void> results =
        other.apply(stream).setRowSchema(SCHEMA).apply(minutes).apply(jdbcIo().withResults());
    assertThat(results.getWindowingStrategy().getWindowFn(), instanceOf(FixedWindows.class));
    other.run().waitUntilFinish();
    assertThat(target.count(table), is(2L));
  }
}

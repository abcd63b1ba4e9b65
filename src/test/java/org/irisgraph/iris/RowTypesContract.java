package org.irisgraph.iris;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.logicaltypes.EnumerationType;
import org.apache.beam.sdk.schemas.logicaltypes.FixedBytes;
import org.apache.beam.sdk.schemas.logicaltypes.FixedPrecisionNumeric;
import org.apache.beam.sdk.schemas.logicaltypes.NanosInstant;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;
import org.apache.beam.sdk.schemas.logicaltypes.VariableString;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.irisgraph.iris.spec.RejectedRow;
import org.joda.time.DateTime;
import org.joda.time.DateTimeZone;
import org.junit.jupiter.api.Test;

/** Beam's rows end in the columns of their fields, on any database. */
abstract class RowTypesContract extends SinkContract {

  /** A field with a value, the column for it, and the condition that the column must meet. */
  private record Case(FieldType type, Object value, String column, String condition) {}

  private static Map<String, Case> cases(boolean postgres) {
    EnumerationType colours = EnumerationType.create("RED", "GREEN");
    UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    String bytes = postgres ? "BYTEA" : "VARBINARY(10)";
    String octets = "= " + (postgres ? "'\\x616263'" : "X'616263'");
    Map<String, Case> cases = new LinkedHashMap<>();
    cases.put("a_byte", new Case(FieldType.BYTE, (byte) -7, "SMALLINT", "= -7"));
    cases.put("a_short", new Case(FieldType.INT16, (short) 300, "SMALLINT", "= 300"));
    cases.put("an_int", new Case(FieldType.INT32, 70_000, "INTEGER", "= 70000"));
    cases.put("a_long", new Case(FieldType.INT64, 1L << 40, "BIGINT", "= 1099511627776"));
    cases.put("a_float", new Case(FieldType.FLOAT, 0.5f, "DOUBLE PRECISION", "= 0.5"));
    cases.put("a_double", new Case(FieldType.DOUBLE, 0.1, "DOUBLE PRECISION", "= 0.1"));
    cases.put(
        "a_decimal",
        new Case(FieldType.DECIMAL, new BigDecimal("12.50"), "NUMERIC(10, 2)", "= 12.50"));
    cases.put("a_flag", new Case(FieldType.BOOLEAN, true, "BOOLEAN", "= TRUE"));
    cases.put("a_text", new Case(FieldType.STRING, "näme", "VARCHAR(20)", "= 'näme'"));
    cases.put("some_bytes", new Case(FieldType.BYTES, "abc".getBytes(UTF_8), bytes, octets));
    cases.put(
        "a_datetime",
        new Case(
            FieldType.DATETIME,
            new DateTime(2026, 7, 1, 12, 0, 0, 250, DateTimeZone.forOffsetHours(2)),
            "TIMESTAMP",
            "= TIMESTAMP '2026-07-01 10:00:00.25'"));
    cases.put(
        "a_date",
        new Case(
            FieldType.logicalType(SqlTypes.DATE),
            LocalDate.of(2026, 2, 28),
            "DATE",
            "= DATE '2026-02-28'"));
    cases.put(
        "a_time",
        new Case(
            FieldType.logicalType(SqlTypes.TIME),
            LocalTime.of(23, 59, 58, 123_456_000),
            "TIME(6)",
            "= TIME '23:59:58.123456'"));
    cases.put(
        "a_local_datetime",
        new Case(
            FieldType.logicalType(SqlTypes.DATETIME),
            LocalDateTime.of(2026, 10, 25, 2, 30, 0, 1_000),
            "TIMESTAMP(6)",
            "= TIMESTAMP '2026-10-25 02:30:00.000001'"));
    cases.put(
        "an_instant",
        new Case(
            FieldType.logicalType(SqlTypes.TIMESTAMP),
            Instant.parse("2026-03-29T01:30:00.000002Z"),
            "TIMESTAMP(6)",
            "= TIMESTAMP '2026-03-29 01:30:00.000002'"));
    cases.put(
        "nanos",
        new Case(
            FieldType.logicalType(new NanosInstant()),
            Instant.parse("2026-03-29T01:30:00.000003Z"),
            "TIMESTAMP(6)",
            "= TIMESTAMP '2026-03-29 01:30:00.000003'"));
    cases.put(
        "fixed_bytes",
        new Case(FieldType.logicalType(FixedBytes.of(3)), "abc".getBytes(UTF_8), bytes, octets));
    cases.put(
        "short_text",
        new Case(FieldType.logicalType(VariableString.of(5)), "five", "VARCHAR(5)", "= 'five'"));
    cases.put(
        "price",
        new Case(
            FieldType.logicalType(FixedPrecisionNumeric.of(10, 2)),
            new BigDecimal("9.99"),
            "NUMERIC(10, 2)",
            "= 9.99"));
    cases.put(
        "colour",
        new Case(
            FieldType.logicalType(colours), colours.valueOf("GREEN"), "VARCHAR(9)", "= 'GREEN'"));
    cases.put(
        "a_uuid",
        new Case(
            FieldType.logicalType(SqlTypes.UUID), uuid, "VARCHAR(36)", "= '%s'".formatted(uuid)));
    return cases;
  }

  private static Row row(Schema schema, String id, List<Object> values) {
    return Row.withSchema(schema).addValue(id).addValues(values).build();
  }

  @Test
  void storesEachTypeAndNull() throws Exception {
    Map<String, Case> cases = cases(target.toString().equals("PostgreSQL"));
    Schema.Builder fields = Schema.builder().addStringField("id");
    StringBuilder columns = new StringBuilder("id VARCHAR(10) PRIMARY KEY");
    List<Object> values = new ArrayList<>();
    List<Object> nulls = new ArrayList<>();
    cases.forEach(
        (name, one) -> {
          fields.addNullableField(name, one.type());
          columns.append(", ").append(name).append(' ').append(one.column());
          values.add(one.value());
          nulls.add(null);
        });
    target.execute("CREATE TABLE T.Types (%s)".formatted(columns));
    Schema schema = fields.build();

    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline
        .apply(
            Create.of(row(schema, "full", values), row(schema, "empty", nulls))
                .withRowSchema(schema))
        .apply(
            IrisIO.writeRows(target.schema("T") + ".Types", "id")
                .withConnection(target.settings()));
    pipeline.run().waitUntilFinish();

    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, Case> one : cases.entrySet()) {
      for (String condition :
          List.of(one.getValue().condition() + " AND id = 'full'", "IS NULL AND id = 'empty'")) {
        String query = "SELECT id FROM T.Types WHERE %s %s".formatted(one.getKey(), condition);
        if (target.rows(query).size() != 1) {
          wrong.add(query);
        }
      }
    }
    assertThat(wrong, is(empty()));
  }

  @Test
  void rejectsARowByItsKeyAndReplacesTheOthers() throws Exception {
    target.execute(
        "CREATE TABLE T.Measured (sensor VARCHAR(10), at_time TIMESTAMP, amount SMALLINT,"
            + " PRIMARY KEY (sensor, at_time))",
        "INSERT INTO T.Measured VALUES ('a', TIMESTAMP '2026-10-25 00:30:00', 1)");
    Schema schema =
        Schema.builder()
            .addStringField("sensor")
            .addDateTimeField("at_time")
            .addInt32Field("amount")
            .build();
    // In Berlin both are half past two: an hour is repeated that night.
    DateTime early = DateTime.parse("2026-10-25T00:30:00Z");
    DateTime late = DateTime.parse("2026-10-25T01:30:00Z");

    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    WriteResult<Row> result =
        pipeline
            .apply(
                Create.of(
                        Row.withSchema(schema).addValues("a", early, 2).build(),
                        Row.withSchema(schema).addValues("a", late, 3).build(),
                        Row.withSchema(schema).addValues("b", late, 40_000).build())
                    .withRowSchema(schema))
            .apply(
                IrisIO.writeRows(target.schema("T") + ".Measured", "sensor", "at_time")
                    .withConnection(target.settings()));
    PAssert.that(
            result
                .rejected()
                .apply(MapElements.into(TypeDescriptors.strings()).via(RejectedRow::rowId)))
        .containsInAnyOrder("b,2026-10-25T01:30:00Z");
    pipeline.run().waitUntilFinish();

    assertThat(target.rows("SELECT amount FROM T.Measured ORDER BY amount"), contains("2", "3"));
  }
}

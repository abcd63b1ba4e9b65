package org.irisgraph.iris;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.logicaltypes.NanosDuration;
import org.apache.beam.sdk.schemas.logicaltypes.OneOfType;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.PasswordReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link IrisIO#writeRows} refuses when the pipeline is constructed. */
class WriteRowsTest {

  private static final ConnectionSettings NOWHERE =
      new ConnectionSettings("jdbc:h2:mem:nowhere", null, PasswordReference.of(null), Map.of(), 1);

  private static final Schema SCHEMA =
      Schema.builder().addStringField("id").addNullableStringField("name").build();

  private static String refusal(Schema schema, IrisIO.Write<Row> write) {
    PCollection<Row> rows =
        Pipeline.create(PipelineOptionsFactory.create()).apply(Create.empty(schema));
    return assertThrows(IllegalArgumentException.class, () -> rows.apply(write)).getMessage();
  }

  private static IrisIO.Write<Row> write(String... key) {
    return IrisIO.writeRows("T.People", key).withConnection(NOWHERE);
  }

  @Test
  void refusesAKeyThatIsNoFieldOrMayBeNull() {
    assertThat(
        refusal(SCHEMA, write("code")),
        is("code, in the key of T.People, is no field of the rows; they have [id, name]"));
    assertThat(
        refusal(SCHEMA, write("id", "name")),
        is(
            "field name is in the key of T.People and may be null: leave out the rows without it"
                + " and declare it as not nullable"));
  }

  /** Databases give the names of columns in capitals or in small letters. */
  @Test
  void findsTheKeyInAnyCase() {
    Schema schema = Schema.builder().addStringField("ID").addStringField("name").build();
    PCollection<Row> rows =
        Pipeline.create(PipelineOptionsFactory.create()).apply(Create.empty(schema));

    IrisIO.Write<Row> complete =
        new RowTable("T.People", List.of("id")).complete(write("id"), rows);

    assertThat(complete.tables().get(0).key(), is(List.of("ID")));
  }

  @Test
  void refusesATableWithoutColumnsOrRows() {
    TableWrite<String> table = TableWrite.into("T.People");
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> table.withKey("id")).getMessage(),
        is("id is not among the columns of T.People: withColumns has to come first"));
    assertThat(
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    IrisIO.<String>write()
                        .withTables(List.of(table.withColumns("id").withKey("id"))))
            .getMessage(),
        is("withRows is missing for table T.People: nothing would be written"));
  }

  @Test
  void refusesAnElementWithoutKey() {
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> ShardKeys.of(2).of(null)).getMessage(),
        is("an element has no key: withElementKey must give a text for each"));
  }

  @Test
  void refusesToWriteWithoutKeyTableConnectionOrSchema() {
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> IrisIO.writeRows("T.People"))
            .getMessage(),
        is("name the columns of the key of T.People: a row replaces the one with the same key"));
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> IrisIO.writeRows("People", "id"))
            .getMessage(),
        is("not a table of the form SCHEMA.TABLE: People"));
    assertThat(
        refusal(SCHEMA, IrisIO.writeRows("T.People", "id")), is("withConnection is required"));
    PCollection<Row> rows =
        Pipeline.create(PipelineOptionsFactory.create())
            .apply(Create.empty(SerializableCoder.of(Row.class)));
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> rows.apply(write("id"))).getMessage(),
        is("the rows for T.People have no schema: set it with setRowSchema"));
  }

  static Stream<Arguments> typesWithoutColumn() {
    return Stream.of(
        Arguments.of(FieldType.array(FieldType.STRING), "ARRAY"),
        Arguments.of(FieldType.iterable(FieldType.STRING), "ITERABLE"),
        Arguments.of(FieldType.map(FieldType.STRING, FieldType.INT32), "MAP"),
        Arguments.of(FieldType.row(SCHEMA), "ROW"),
        Arguments.of(FieldType.logicalType(new NanosDuration()), "LOGICAL_TYPE"),
        Arguments.of(
            FieldType.logicalType(OneOfType.create(Schema.Field.of("a", FieldType.STRING))),
            "LOGICAL_TYPE"));
  }

  @ParameterizedTest
  @MethodSource("typesWithoutColumn")
  void refusesATypeWithoutColumnByItsField(FieldType type, String name) {
    Schema schema = Schema.builder().addStringField("id").addField("tags", type).build();

    assertThat(
        refusal(schema, write("id")),
        is(
            "field 'tags' is of type %s, which no column holds: flatten it, write it as a text, or"
                    .formatted(name)
                + " drop it"));
  }

  @Test
  void refusesAFieldThatIsNoNameOfAColumn() {
    Schema schema =
        Schema.builder().addStringField("id").addStringField("name) VALUES (1); --").build();

    assertThat(
        refusal(schema, write("id")),
        is(
            "field 'name) VALUES (1); --' cannot be a column: rename it to letters, digits and"
                + " underscores"));
  }

  @Test
  void givesDifferentKeysDifferentTexts() {
    assertThat(key("a,b", "c"), is("a\\,b,c"));
    assertThat(key("a", "b,c"), is("a,b\\,c"));
    assertThat(key("a\\", "b"), is("a\\\\,b"));
    assertThat(key("a,b"), is("a,b"));
  }

  private static String key(Object... values) {
    return RowTable.key(org.irisgraph.jdbc.Row.of(values));
  }

  @Test
  void showsItsTable() {
    assertThat(DisplayData.from(write("id")).toString(), containsString("T.People"));
  }

  @Test
  void weighsTheTextsAndBytesOfARow() {
    Schema schema =
        Schema.builder()
            .addStringField("text")
            .addByteArrayField("bytes")
            .addInt32Field("n")
            .build();
    Row row = Row.withSchema(schema).addValues("12345", new byte[7], 3).build();

    assertThat(RowFields.bytes(row), is(12L));
  }

  @Test
  void takesEqualValuesOfAKeyForTheSameRow() {
    Timestamp early = Timestamp.from(Instant.parse("2026-10-25T00:30:00Z"));
    org.irisgraph.jdbc.Row row =
        org.irisgraph.jdbc.Row.of(
            new BigDecimal("10.0"), new BigDecimal("10"), -0.0, 0.0, new byte[] {1, -1}, early);

    assertThat(row.key(0), is(row.key(1)));
    assertThat(row.key(2), is(row.key(3)));
    assertThat(row.key(4), is("01ff"));
    assertThat(row.key(5), is("2026-10-25T00:30:00Z"));
  }
}

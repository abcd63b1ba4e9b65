package org.irisgraph.iris;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.jdbc.ConnectionSettings;

/** The table of {@link IrisIO#writeRows}: a column for each field of the rows. */
record RowTable(String table, List<String> key) implements Serializable {

  RowTable {
    key = List.copyOf(key);
    if (key.isEmpty()) {
      throw new IllegalArgumentException(
          "name the columns of the key of %s: a row replaces the one with the same key"
              .formatted(table));
    }
  }

  /**
   * Sets the table, and the element's key, size and number of rows unless they are set.
   *
   * @throws IllegalArgumentException if the connection is missing, or the schema does not suit the
   *     table
   */
  IrisIO.Write<Row> complete(IrisIO.Write<Row> write, PCollection<Row> input) {
    ConnectionSettings connection = write.connection();
    if (connection == null) {
      throw new IllegalArgumentException("withConnection is required");
    }
    if (!input.hasSchema()) {
      throw new IllegalArgumentException(
          "the rows for %s have no schema: set it with setRowSchema".formatted(table));
    }
    Schema schema = input.getSchema();
    RowFields fields = RowFields.of(schema, connection.dialect());
    int[] all = IntStream.range(0, schema.getFieldCount()).toArray();
    int[] ofKey = key.stream().mapToInt(column -> keyField(schema, column)).toArray();
    IrisIO.Write<Row> complete =
        write.withTables(
            List.of(
                TableWrite.<Row>into(table)
                    .withColumns(schema.getFieldNames().toArray(String[]::new))
                    .withKey(IntStream.of(ofKey).mapToObj(schema::nameOf).toArray(String[]::new))
                    .withRows(row -> List.of(fields.values(row, all)))));
    if (complete.elementKey() == null) {
      complete = complete.withElementKey(row -> key(fields.values(row, ofKey)));
    }
    if (complete.elementRows() == null) {
      complete = complete.withElementRows(row -> 1);
    }
    return complete.elementBytes() == null ? complete.withElementBytes(RowFields::bytes) : complete;
  }

  /** Finds a field of the key by its name, in any case, as SQL does. */
  private int keyField(Schema schema, String column) {
    int found =
        IntStream.range(0, schema.getFieldCount())
            .filter(field -> schema.getField(field).getName().equalsIgnoreCase(column))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s, in the key of %s, is no field of the rows; they have %s"
                            .formatted(column, table, schema.getFieldNames())));
    if (schema.getField(found).getType().getNullable()) {
      throw new IllegalArgumentException(
          "field %s is in the key of %s and may be null: leave out the rows without it and declare"
                  .formatted(column, table)
              + " it as not nullable");
    }
    return found;
  }

  /** The values of a key as one text, which differs for different keys. */
  static String key(org.irisgraph.jdbc.Row values) {
    if (values.size() == 1) {
      return values.key(0);
    }
    return IntStream.range(0, values.size())
        .mapToObj(i -> values.key(i).replace("\\", "\\\\").replace(",", "\\,"))
        .collect(Collectors.joining(","));
  }
}

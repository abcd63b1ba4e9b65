package org.irisgraph.iris.example;

import java.time.LocalDate;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.irisgraph.iris.IrisIO;
import org.irisgraph.iris.WriteResult;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.PasswordReference;

/** Stores lines such as {@code p1,Ada,1815-12-10}; names those that cannot be stored in a file. */
public final class PeopleToDatabase {

  private static final Schema PERSON =
      Schema.builder()
          .addStringField("id")
          .addStringField("name")
          .addField("born", FieldType.logicalType(SqlTypes.DATE))
          .build();

  /**
   * Takes the input, the JDBC URL, the user, the password's place, and a file for rejected rows.
   */
  public static void main(String[] arguments) {
    ConnectionSettings connection =
        new ConnectionSettings(
            arguments[1], arguments[2], PasswordReference.of(arguments[3]), Map.of(), 2);
    Pipeline pipeline = Pipeline.create();
    WriteResult<Row> result =
        pipeline
            .apply("Read", TextIO.read().from(arguments[0]))
            .apply("Parse", MapElements.into(TypeDescriptors.rows()).via(PeopleToDatabase::person))
            .setRowSchema(PERSON)
            .apply("Write", IrisIO.writeRows("SQLUSER.People", "id").withConnection(connection));
    result
        .rejected()
        .apply("Describe", MapElements.into(TypeDescriptors.strings()).via(row -> row.toString()))
        .apply("Name", TextIO.write().to(arguments[4]).withoutSharding());
    pipeline.run().waitUntilFinish();
  }

  private static Row person(String line) {
    String[] values = line.split(",", 3);
    return Row.withSchema(PERSON)
        .addValues(values[0], values[1], LocalDate.parse(values[2]))
        .build();
  }
}

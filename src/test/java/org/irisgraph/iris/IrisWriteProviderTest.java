package org.irisgraph.iris;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.transforms.SchemaTransform;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;
import org.apache.beam.sdk.schemas.utils.YamlUtils;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.Row;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.PasswordReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The transform as other languages find, configure and run it. */
class IrisWriteProviderTest {

  private static final Schema PERSON =
      Schema.builder().addStringField("id").addNullableStringField("name").build();

  private static SchemaTransformProvider provider() {
    return ServiceLoader.load(SchemaTransformProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.identifier().equals("irisgraph:iris_write:v1"))
        .findFirst()
        .orElseThrow();
  }

  private static SchemaTransform transform(Map<String, Object> settings) {
    SchemaTransformProvider provider = provider();
    return provider.from(YamlUtils.toBeamRow(settings, provider.configurationSchema(), true));
  }

  private static String refusal(String setting, Object value) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("jdbc_url", "jdbc:h2:mem:nowhere");
    settings.put("table", "T.People");
    settings.put("key", List.of("id"));
    settings.put(setting, value);
    return assertThrows(IllegalArgumentException.class, () -> transform(settings)).getMessage();
  }

  @Test
  void describesEachSetting() {
    Schema schema = provider().configurationSchema();

    assertThat(
        schema.getFieldNames(),
        contains(
            "batch_rows",
            "jdbc_url",
            "key",
            "max_buffering_millis",
            "on_bad_row",
            "password_from",
            "retry_seconds",
            "table",
            "user",
            "write_mode",
            "writers"));
    assertThat(
        schema.getFields().stream()
            .filter(field -> field.getDescription().isBlank())
            .map(Schema.Field::getName)
            .toList(),
        is(List.of()));
    assertThat(
        schema.getFields().stream()
            .filter(field -> !field.getType().getNullable())
            .map(Schema.Field::getName)
            .toList(),
        contains("jdbc_url", "key", "table"));
  }

  @Tag("slow")
  @Test
  void storesRowsAndGivesTheRejectedAsErrors() throws Exception {
    try (TestTarget target = TestTarget.h2()) {
      target.execute(
          "CREATE SCHEMA T", "CREATE TABLE T.People (id VARCHAR(9) PRIMARY KEY, name VARCHAR(9))");
      Pipeline pipeline = Pipeline.create();
      Row good = Row.withSchema(PERSON).addValues("a", "Ada").build();
      PCollectionRowTuple outputs =
          PCollectionRowTuple.of(
                  "input",
                  pipeline.apply(
                      Create.of(good, Row.withSchema(PERSON).addValues("b", "x".repeat(10)).build())
                          .withRowSchema(PERSON)))
              .apply(
                  transform(
                      Map.of(
                          "jdbc_url",
                          target.settings().jdbcUrl(),
                          "table",
                          "T.People",
                          "key",
                          List.of("id"),
                          "batch_rows",
                          10,
                          "write_mode",
                          "insert")));
      Schema error = outputs.get("errors").getSchema();
      PAssert.that(outputs.get("committed")).containsInAnyOrder(good);
      PAssert.that(outputs.get("errors"))
          .containsInAnyOrder(
              Row.withSchema(error)
                  .addValues(
                      "T.People",
                      "b",
                      "validation",
                      "TOO_LONG",
                      "name has 10 characters, the column holds 9")
                  .build());
      pipeline.run().waitUntilFinish();

      assertThat(target.rows("SELECT id, name FROM T.People"), contains("a|Ada"));
    }
  }

  @Test
  void refusesWrongSettings() {
    assertThat(
        refusal("on_bad_row", "reject-document"),
        is("on_bad_row is one of [skip, stop], not \"reject-document\""));
    assertThat(
        refusal("write_mode", "merge"), is("write_mode is one of [upsert, insert], not \"merge\""));
    assertThat(refusal("batch_rows", 0), is("batchRows must be between 1 and 10000"));
    assertThat(refusal("writers", 0), is("writers must be at least 1"));
    assertThat(refusal("key", List.of()), containsString("name the columns of the key"));
    assertThat(refusal("jdbc_url", "jdbc:mysql://db/x"), containsString("it must begin with"));
  }

  @Test
  void takesNoPasswordButAReferenceToIt() {
    String inPlain = refusal("password_from", "hunter2");
    String inUrl = refusal("jdbc_url", "jdbc:postgresql://db/x?password=hunter2");

    assertThat(inPlain, is("a password is given as env:NAME or file:PATH"));
    assertThat(inUrl, containsString("must not contain a password"));
    assertThat(inUrl, not(containsString("hunter2")));
    assertThat(
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new ConnectionSettings(
                        "jdbc:h2:mem:x",
                        null,
                        PasswordReference.of(null),
                        Map.of("Password", "hunter2"),
                        1))
            .getMessage(),
        is(
            "the properties of the driver must not contain a password: give a reference to it,"
                + " env:NAME or file:PATH"));
  }
}

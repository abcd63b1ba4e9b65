package org.irisgraph.iris.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.jdbc.JdbcIO;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.transforms.SchemaTransform;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;
import org.apache.beam.sdk.schemas.utils.YamlUtils;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.irisgraph.iris.IrisWriteProvider;
import org.irisgraph.iris.TestTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/iris-io.md} shows works as it is written there. */
class IrisIoPageTest {

  private static final Path EXAMPLES = Path.of("src/test/java/org/irisgraph/iris/example");

  @TempDir private Path directory;

  private static List<String> blocks(String language) throws IOException {
    return Pattern.compile(
            "^```%s\\n(.*?)^```".formatted(language), Pattern.DOTALL | Pattern.MULTILINE)
        .matcher(Files.readString(Path.of("docs/iris-io.md"), UTF_8))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  @Test
  void quotesTheExamples() throws Exception {
    List<String> examples = new ArrayList<>();
    for (String name : List.of("PeopleToDatabase", "OrdersToDatabase", "TableToDatabase")) {
      examples.add(Files.readString(EXAMPLES.resolve(name + ".java"), UTF_8));
    }
    assertThat(blocks("java"), is(examples));
  }

  @Test
  void storesOrdersWithTheirItems() throws Exception {
    try (TestTarget target = TestTarget.h2()) {
      target.execute(
          "CREATE SCHEMA SQLUSER",
          "CREATE TABLE SQLUSER.Orders (id VARCHAR(9) PRIMARY KEY, customer VARCHAR(9))",
          "CREATE TABLE SQLUSER.Items (order_id VARCHAR(9) REFERENCES SQLUSER.Orders, line INT,"
              + " product VARCHAR(9), PRIMARY KEY (order_id, line))");
      Pipeline pipeline = Pipeline.create();

      OrdersToDatabase.write(
          pipeline.apply(
              Create.of(
                  new OrdersToDatabase.Order(
                      "o1",
                      "Ada",
                      List.of(
                          new OrdersToDatabase.Item(1, "pen"),
                          new OrdersToDatabase.Item(2, "x".repeat(10)))),
                  new OrdersToDatabase.Order(
                      "o2", "x".repeat(10), List.of(new OrdersToDatabase.Item(1, "ink"))))),
          target.settings());
      pipeline.run().waitUntilFinish();

      assertThat(target.rows("SELECT id, customer FROM SQLUSER.Orders"), contains("o1|Ada"));
      assertThat(
          target.rows("SELECT order_id, line, product FROM SQLUSER.Items"), contains("o1|1|pen"));
    }
  }

  @Test
  void copiesATable() throws Exception {
    String columns = "(id INT PRIMARY KEY, name VARCHAR(9) NOT NULL, born DATE)";
    try (TestTarget from = TestTarget.h2();
        TestTarget to = TestTarget.h2()) {
      from.execute(
          "CREATE TABLE People " + columns,
          "INSERT INTO People VALUES (1, 'Ada', DATE '1815-12-10'), (2, 'Bob', NULL)");
      to.execute("CREATE SCHEMA SQLUSER", "CREATE TABLE SQLUSER.People " + columns);
      Pipeline pipeline = Pipeline.create();

      TableToDatabase.copy(
          pipeline,
          JdbcIO.DataSourceConfiguration.create("org.h2.Driver", from.settings().jdbcUrl()),
          to.settings());
      pipeline.run().waitUntilFinish();

      assertThat(
          to.rows("SELECT id, name, born FROM SQLUSER.People ORDER BY id"),
          contains("1|Ada|1815-12-10", "2|Bob|null"));
    }
  }

  @Test
  void storesPeopleAndNamesTheRejected() throws Exception {
    Path input =
        Files.writeString(
            directory.resolve("people.csv"),
            "p1,Ada,1815-12-10\np2,%s,1906-12-09\n".formatted("x".repeat(60)));
    Path password = Files.writeString(directory.resolve("password"), "secret\n");
    Path rejected = directory.resolve("rejected.txt");
    String url = "jdbc:h2:mem:people";
    try (Connection connection = DriverManager.getConnection(url, "writer", "secret");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA SQLUSER");
      statement.execute(blocks("sql").get(0));

      PeopleToDatabase.main(
          new String[] {input.toString(), url, "writer", "file:" + password, rejected.toString()});

      List<String> names = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery("SELECT name, born FROM SQLUSER.People")) {
        while (rows.next()) {
          names.add(rows.getString(1) + " " + rows.getString(2));
        }
      }
      assertThat(names, contains("Ada 1815-12-10"));
      assertThat(
          Files.readString(rejected, UTF_8),
          containsString("code=TOO_LONG, message=name has 60 characters, the column holds 50"));
    }
  }

  @Test
  void givesASinkOfBeamYamlThatTheProviderAccepts() throws Exception {
    JsonNode pipeline = new YAMLMapper().readTree(blocks("yaml").get(0));
    JsonNode sink = pipeline.at("/pipeline/transforms/1");
    JsonNode provider = pipeline.at("/providers/0");

    assertThat(
        provider.at("/transforms/" + sink.get("type").asText()).asText(),
        is(IrisWriteProvider.IDENTIFIER));
    SchemaTransformProvider found = new IrisWriteProvider();
    SchemaTransform transform =
        found.from(
            YamlUtils.toBeamRow(
                new ObjectMapper().writeValueAsString(sink.get("config")),
                found.configurationSchema(),
                true));
    Schema schema = Schema.builder().addStringField("id").addStringField("name").build();
    assertThat(
        PCollectionRowTuple.of("input", Pipeline.create().apply(Create.empty(schema)))
            .apply(transform)
            .getAll()
            .keySet(),
        is(Set.of("committed", "errors")));
  }
}

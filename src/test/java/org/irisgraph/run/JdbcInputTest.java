package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.options.DatabaseUrl;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.UsageException;
import org.irisgraph.plan.JdbcInput;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.plan.SettingsValidator;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options for a table as input, and runs that read one. */
class JdbcInputTest {

  @TempDir private Path directory;

  private static List<String> problems(Consumer<IndexingOptions> settings) {
    IndexingOptions options = PipelineOptionsFactory.as(IndexingOptions.class);
    options.setJdbcInput("RAG.SourceDocuments");
    settings.accept(options);
    try {
      new SettingsValidator(new KnownOptions(), options).validate();
      return List.of();
    } catch (UsageException e) {
      return e.problems();
    }
  }

  @Test
  void takesATableOrAQuery() {
    assertThat(problems(options -> {}), is(empty()));
    for (String input :
        List.of("S.documents", "\n select * from x", "WITH x AS (SELECT 1) SELECT")) {
      assertThat(problems(options -> options.setJdbcInput(input)), is(empty()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"documents", "RAG.", "RAG.Source Documents", "DROP TABLE x", "a.b.c", ""})
  void takesNothingElse(String input) {
    assertThat(
        problems(options -> options.setJdbcInput(input)),
        contains(
            "jdbcInput must be a table with its schema, as in RAG.SourceDocuments, or begin with"
                + " SELECT or WITH, not \"%s\"".formatted(input)));
  }

  @ParameterizedTest
  @CsvSource({
    "RAG.SourceDocuments,true",
    "rag.sourcedocuments,true",
    "OLD.SourceDocuments,false",
    "SELECT * FROM RAG.SourceDocuments,true",
    "select * from \"RAG\" . \"SOURCEDOCUMENTS\" s,true",
    "SELECT * FROM SourceDocuments,true",
    "SELECT * FROM OLD.SourceDocuments,false",
    "SELECT * FROM OLD.SourceDocuments UNION SELECT * FROM RAG.SourceDocuments,true",
    "SELECT * FROM RAG.OldSourceDocuments,false",
    "SELECT * FROM RAG.SourceDocuments2,false"
  })
  void knowsWhatIsIndexedInPlace(String input, boolean inPlace) {
    IndexingOptions options = PipelineOptionsFactory.as(IndexingOptions.class);
    options.setJdbcInput(input);

    assertThat(JdbcInput.isInPlace(options), is(inPlace));

    options.setJdbcInputUrl("jdbc:h2:./other");
    assertThat(JdbcInput.isInPlace(options), is(false));
  }

  @Test
  void takesNoFilesBesideIt() {
    assertThat(
        problems(options -> options.setInput(List.of("corpus/*.txt"))),
        contains(
            "input and jdbcInput are both set: a run reads files or a table; leave one of them"
                + " out"));
  }

  @Test
  void asksForTheTableThatOtherOptionsSpeakOf() {
    assertThat(
        problems(
            options -> {
              options.setJdbcInput(null);
              options.setInput(List.of(directory + "/absent/*"));
              options.setJdbcInputIdColumn("id");
              options.setJdbcInputTitleColumn("title");
              options.setJdbcInputUrl("jdbc:h2:./other");
            }),
        hasItems(
            "jdbcInputIdColumn says how jdbcInput is read, which is not set: name a table with"
                + " --jdbcInput, or leave jdbcInputIdColumn out",
            "jdbcInputUrl says how jdbcInput is read, which is not set: name a table with"
                + " --jdbcInput, or leave jdbcInputUrl out"));
    assertThat(
        problems(
            options -> {
              options.setJdbcInput(null);
              options.setJdbcInputTitleColumn("title");
            }),
        contains(startsWith("input is not set: ")));
  }

  @Test
  void isNotWatched() {
    assertThat(
        problems(
            options -> {
              options.setWatch("10s");
              IndexingRun.flink(options);
            }),
        contains(startsWith("watch looks at files: a table is not watched")));
  }

  @Test
  void takesNoPasswordInAnOption() {
    assertThat(
        problems(
            options -> {
              options.setJdbcInputUrl("jdbc:postgresql://u:secret@host/db");
              options.setJdbcInputUser("u");
              options.setJdbcInputPasswordFrom("secret");
              options.setJdbcInputProperties(List.of("password=secret"));
            }),
        contains(
            "jdbcInputUrl must not contain a password: it is shown in the job's settings; use"
                + " jdbcInputPasswordFrom=env:NAME or file:PATH",
            "jdbcInputPasswordFrom must be env:NAME or file:PATH",
            "jdbcInputProperties must not hold a password: use jdbcInputPasswordFrom=env:NAME or"
                + " file:PATH"));
  }

  @Test
  void readsAsTheWritersDoUnlessAUserIsNamed() {
    IndexingOptions options = PipelineOptionsFactory.as(IndexingOptions.class);
    options.setJdbcInput("RAG.SourceDocuments");
    options.setJdbcUrl("jdbc:postgresql://host/db");
    options.setJdbcUser("writer");
    options.setJdbcPasswordFrom("env:WRITER");
    options.setJdbcProperties(List.of("ssl=true"));

    assertThat(JdbcInput.connection(options), is(RunPlan.connection(options)));

    options.setJdbcInputUser("reader");
    assertThat(
        JdbcInput.connection(options),
        is(
            new ConnectionSettings(
                "jdbc:postgresql://host/db",
                "reader",
                PasswordReference.of(null),
                Map.of("ssl", "true"),
                4)));
    assertThat(JdbcInput.isInPlace(options), is(true));

    // One database's properties are not passed to another.
    options.setJdbcInputUrl("jdbc:postgresql://other/db");
    options.setJdbcInputUser(null);
    assertThat(
        JdbcInput.connection(options),
        is(
            new ConnectionSettings(
                "jdbc:postgresql://other/db", null, PasswordReference.of(null), Map.of(), 4)));
  }

  @Test
  void readsNoOtherColumnsInPlace() {
    assertThat(
        problems(options -> options.setJdbcInputTextColumn("abstract")),
        contains(
            startsWith(
                "RAG.SourceDocuments is indexed in place: jdbcInputIdColumn and"
                    + " jdbcInputTextColumn must be doc_id and text_content")));
    assertThat(
        problems(
            options -> {
              options.setJdbcInput("S.Articles");
              options.setJdbcInputTextColumn("DOC_ID");
            }),
        contains(
            "jdbcInputIdColumn and jdbcInputTextColumn must be different columns, not both"
                + " \"doc_id\""));
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://host:5432/db?user=me&ssl=true,jdbc:postgresql://host:5432/db",
    "jdbc:postgresql://me@host/db,jdbc:postgresql://host/db",
    "jdbc:h2:./graph;USER=me,jdbc:h2:./graph",
    "jdbc:IRIS://host:1972/USER,jdbc:IRIS://host:1972/USER"
  })
  void namesADatabaseByItsPlaceAlone(String url, String place) {
    assertThat(new DatabaseUrl(url).place(), is(place));
  }

  /** A database in memory with documents that another tool has stored, and a run over them. */
  private final class Documents implements AutoCloseable {
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    private final Connection connection = connect(url);
    private final IndexingRun indexing =
        new IndexingRun(directory, options -> options.setJdbcUrl(url), connection);

    Documents(int count) throws Exception {
      Files.writeString(directory.resolve("dictionary.tsv"), "gout\tDISEASE\nlupus\tDISEASE\n");
      indexing.execute("CREATE SCHEMA RAG");
      indexing.execute(
          "CREATE TABLE RAG.SourceDocuments (doc_id VARCHAR(255) PRIMARY KEY, text_content CLOB,"
              + " metadata VARCHAR(2000))");
      indexing.execute(
          "INSERT INTO RAG.SourceDocuments (doc_id, text_content) SELECT 'd' || x, 'Gout and lupus,"
              + " ' || x FROM SYSTEM_RANGE(1, "
              + count
              + ")");
    }

    Summary run(Consumer<IndexingOptions> settings) throws Exception {
      return indexing.run(
          options -> {
            options.setInput(null);
            options.setJdbcInput("RAG.SourceDocuments");
            settings.accept(options);
          });
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  private static Connection connect(String url) throws Exception {
    return Database.connect(
        new ConnectionSettings(url, null, PasswordReference.of(null), Map.of(), 1));
  }

  @Tag("slow")
  @Test
  void givesTheSameOnEachRunner() throws Exception {
    try (Documents direct = new Documents(1200);
        Documents streaming = new Documents(1200);
        Documents batch = new Documents(1200)) {
      direct.run(IndexingRun::direct);
      streaming.run(IndexingRun::flink);
      Summary summary =
          batch.run(
              options -> {
                IndexingRun.flink(options);
                options.as(FlinkPipelineOptions.class).setStreaming(false);
              });

      assertThat(summary.documents().indexed(), is(1200L));
      for (String table : List.of("entities", "relationships")) {
        List<String> expected = direct.indexing.contents().get(table);
        assertThat(streaming.indexing.contents().get(table), is(expected));
        assertThat(batch.indexing.contents().get(table), is(expected));
      }
    }
  }

  @Test
  void saysAtOnceWhatIsMissing() throws Exception {
    try (Documents documents = new Documents(1)) {
      UsageException table =
          assertThrows(
              UsageException.class,
              () -> documents.run(options -> options.setJdbcInput("RAG.Absent")));
      UsageException column =
          assertThrows(
              UsageException.class,
              () ->
                  documents.run(
                      options ->
                          options.setJdbcInput("SELECT doc_id AS x FROM RAG.SourceDocuments")));

      assertThat(table.getMessage(), containsString("ABSENT"));
      assertThat(
          column.getMessage(),
          is("jdbcInput has no column \"doc_id\"; set jdbcInputIdColumn to one of: x"));
      // Nothing was made before that was known.
      assertThat(
          documents.indexing.rows(
              "SELECT table_name FROM INFORMATION_SCHEMA.TABLES WHERE table_schema = 'RAG'"),
          contains("SOURCEDOCUMENTS"));
    }
  }

  @Tag("slow")
  @Test
  void failsAtOnceIfTheDatabaseRefuses() throws Exception {
    try (Documents documents = new Documents(1);
        PasswordPostgres postgres = PasswordPostgres.start(directory.resolve("postgres"))) {
      StoreException e =
          assertTimeout(
              Duration.ofSeconds(10),
              () ->
                  assertThrows(
                      StoreException.class,
                      () ->
                          documents.run(
                              options -> {
                                options.setJdbcInputUrl(postgres.jdbcUrl("postgres"));
                                options.setJdbcInputUser(PasswordPostgres.USER);
                              })));

      assertThat(
          e.getMessage(),
          allOf(
              startsWith("cannot connect to jdbc:postgresql:"),
              not(containsString(PasswordPostgres.PASSWORD))));
    }
  }

  @Test
  void doesNotTakeItsOwnDatabaseForAnother() throws Exception {
    try (Documents documents = new Documents(1)) {
      List<String> before = documents.indexing.rows("SELECT * FROM RAG.SourceDocuments");
      StoreException e =
          assertThrows(
              StoreException.class,
              () ->
                  documents.run(
                      options ->
                          options.setJdbcInputUrl(options.getJdbcUrl() + ";LOCK_TIMEOUT=999")));

      assertThat(e.getMessage(), containsString("under another name: leave jdbcInputUrl out"));
      assertThat(documents.indexing.rows("SELECT * FROM RAG.SourceDocuments"), is(before));
    }
  }

  @Test
  void leavesRowsThatAreNotItsOwnToOthersWhenFilesTakeTheirPlace() throws Exception {
    try (Documents documents = new Documents(3)) {
      documents.run(options -> {});
      Files.writeString(directory.resolve("one.txt"), "Gout.");

      Summary summary =
          documents.indexing.run(
              options -> {
                options.setInput(List.of(directory + "/one.txt"));
                options.setDeleteMissing(true);
                options.setForce(true);
              });

      assertThat(summary.documents().deleted(), is(0L));
      assertThat(
          documents.indexing.rows("SELECT COUNT(*) FROM RAG.SourceDocuments"), contains("4"));
    }
  }

  @Test
  void namesTheSecondRowOfAnId() throws Exception {
    try (Documents documents = new Documents(2)) {
      Consumer<IndexingOptions> twice =
          options ->
              options.setJdbcInput(
                  "SELECT doc_id, text_content FROM RAG.SourceDocuments UNION ALL"
                      + " SELECT doc_id, 'Other' FROM RAG.SourceDocuments WHERE doc_id = 'd1'");

      Summary first = documents.run(twice);
      List<String> ledger =
          documents.indexing.rows(
              "SELECT document_id, source_position, outcome, content_hash FROM RAG.DocumentLedger"
                  + " ORDER BY source_position");
      Summary again = documents.run(twice);

      assertThat(first.documents().indexed(), is(2L));
      assertThat(first.documents().rejected(), is(1L));
      assertThat(again.documents().indexed(), is(0L));
      assertThat(again.documents().rejected(), is(1L));
      assertThat(
          documents.indexing.rows(
              "SELECT document_id, source_position, outcome, content_hash FROM RAG.DocumentLedger"
                  + " ORDER BY source_position"),
          is(ledger));
    }
  }
}

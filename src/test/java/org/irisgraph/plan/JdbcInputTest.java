package org.irisgraph.plan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.UsageException;
import org.irisgraph.run.IndexingRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options for a table as input. */
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
  void asksForTheUserOfAPassword() {
    assertThat(
        problems(options -> options.setJdbcInputPasswordFrom("env:PATH")),
        contains("jdbcInputPasswordFrom is the password of jdbcInputUser, which is not set"));
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
}

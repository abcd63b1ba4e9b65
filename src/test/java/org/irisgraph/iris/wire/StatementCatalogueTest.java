package org.irisgraph.iris.wire;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.irisgraph.iris.wire.StatementCatalogue.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementCatalogueTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT a, b, c FROM s.t WHERE k IN (?, ?, ?) | SELECT name FROM name WHERE name IN ( ? )",
        "SELECT a FROM s . t WHERE k IN ( :%qpar(1) , :%qpar(2) )"
            + " | SELECT name FROM name WHERE name IN ( ? )",
        "INSERT OR UPDATE %NOLOCK s.t (a, b) VALUES (?, ?)"
            + " | INSERT OR UPDATE %NOLOCK name ( name ) VALUES ( ? )",
        "UPDATE t SET a = ?, b = ? WHERE k = ? AND l = ? AND m = ?"
            + " | UPDATE name SET name = ? WHERE name = ?",
        "SELECT \"date\", COUNT(*), SUM(a), SUM(b) FROM t GROUP BY \"date\""
            + " | SELECT name , COUNT ( * ) , SUM ( name ) FROM name GROUP BY name",
        "SELECT id FROM (SELECT x FROM y WHERE z LIKE 'a (b') q WHERE id > ? ORDER BY id"
            + " | SELECT name FROM query WHERE name > ? ORDER BY name",
        "SELECT o.a FROM s.t o WHERE o.a <> o.b | SELECT name FROM name name WHERE name <> name"
      })
  void namesValuesAndTheLengthsOfListsDoNotCount(String sql, String form) {
    assertThat(StatementForm.of(sql), contains(form));
  }

  @Test
  void eachElementOfATableIsAFormOfItsOwn() {
    assertThat(
        StatementForm.of(
            "CREATE TABLE s.t (\n  k VARCHAR(64) NOT NULL,\n  a INTEGER, b INTEGER,"
                + " e VECTOR(FLOAT, 384),\n  PRIMARY KEY (k)\n)"),
        contains(
            "CREATE TABLE name ( … )",
            "… name VARCHAR ( n ) NOT NULL",
            "… name INTEGER",
            "… name VECTOR ( FLOAT , n )",
            "… PRIMARY KEY ( name )"));
  }

  @Test
  void eachLineHasAGeneralFormAPurposeAndASource() {
    Set<String> forms = new HashSet<>();
    for (Line line : StatementCatalogue.lines()) {
      assertThat(line.form(), forms.add(line.form()), is(true));
      if (!line.form().startsWith(StatementForm.ELEMENT) && !line.form().contains("query")) {
        assertThat(
            StatementForm.of(line.form().replace("…", "name INTEGER")).get(0), is(line.form()));
      }
      assertThat(line.form(), line.purpose().isBlank(), is(false));
      assertThat(
          line.form(),
          line.source(),
          matchesPattern("https://\\S+|no public source found; assumption"));
    }
    assertThat(forms, not(hasSize(0)));
  }

  @Test
  void aLineWhoseFormNoTestSendsIsNamed(@TempDir Path directory) throws Exception {
    Path catalogue =
        Files.writeString(
            directory.resolve("catalogue"),
            "# note\nA\tb\tc\nD\te\tf\nG\th; no test sends it: it needs a licence\ti\n");
    Path sent = Files.createDirectory(directory.resolve("sent"));
    Files.writeString(sent.resolve("1.txt"), "D\n");

    assertThat(UnsentStatements.unsent(catalogue, sent), contains("A"));
  }

  @Test
  void theDriverTakesAllReservedWordsForReservedButNotTheNamesOfColumns() throws Exception {
    Set<String> notReserved = new TreeSet<>();
    try (IrisWireServer server = IrisWireServer.start();
        Connection connection = DriverConnections.connect(server)) {
      server.acceptAnyStatement();
      for (String word : ReservedWords.all()) {
        if (!asTheDriverWrites(server, connection, word).contains("a." + word + " ")) {
          notReserved.add(word);
        }
      }
      assertThat(notReserved, hasSize(0));
      assertThat(
          List.of(
              asTheDriverWrites(server, connection, "TITLE"),
              asTheDriverWrites(server, connection, "DOC_ID"),
              asTheDriverWrites(server, connection, "PIPELINE")),
          everyItem(matchesPattern(".* a\\.(title|doc_id|pipeline) .*")));
    }
  }

  /** The driver writes reserved words in capitals, and other words as they are. */
  private static String asTheDriverWrites(
      IrisWireServer server, Connection connection, String word) {
    server.resetCounts();
    try {
      connection
          .prepareStatement("SELECT a." + word.toLowerCase(Locale.ROOT) + " FROM a.a a")
          .close();
    } catch (SQLException e) {
      // There is no such table; the text is what counts.
    }
    return server.messages().get(0).sql();
  }
}

package org.irisgraph.iris.wire;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server does not do with some columns although H2 would, through the real driver. */
@Timeout(300)
class RefusedColumnsTest {
  private IrisWireServer server;

  @BeforeEach
  void start() throws Exception {
    server = IrisWireServer.start();
    server.acceptAnyStatement();
    server.execute(
        "CREATE TABLE RAG.SourceDocuments (doc_id VARCHAR(9) PRIMARY KEY, text_content"
            + " LONGVARCHAR)");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "INSERT INTO RAG.Edges (s, edge_id) SELECT s, edge_id FROM RAG.Edges | 111",
        "UPDATE RAG.Edges SET s = 'b', Edge_Id = edge_id WHERE s = 'a' | 107",
      })
  void aColumnThatTheServerNumbersIsNotWritten(String sql, int code) throws Exception {
    server.execute("CREATE TABLE RAG.Edges (edge_id BIGINT IDENTITY, s VARCHAR(9))");
    try (Connection connection = DriverConnections.connect(server);
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO RAG.Edges (s) VALUES (?)")) {
      insert.setString(1, "a");
      assertThat(insert.executeUpdate(), is(1));
      assertThat(
          assertThrows(SQLException.class, () -> connection.prepareStatement(sql).execute())
              .getErrorCode(),
          is(code));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT doc_id FROM RAG.SourceDocuments WHERE text_content = 'a' | 313",
        "SELECT doc_id FROM RAG.SourceDocuments d WHERE 'a' <> d.Text_Content | 313",
        "DELETE FROM RAG.SourceDocuments WHERE text_content NOT LIKE 'a' | 313",
        "SELECT COALESCE(text_content, 'a') FROM RAG.SourceDocuments | 37",
        "SELECT MAX(d.text_content) FROM RAG.SourceDocuments d | 37",
        "SELECT %EXACT(text_content) FROM RAG.SourceDocuments | 37",
        "SELECT doc_id FROM RAG.SourceDocuments ORDER BY doc_id, text_content | 313",
        "SELECT COUNT(*) FROM RAG.SourceDocuments d GROUP BY d.text_content | 313",
        "SELECT DISTINCT text_content FROM RAG.SourceDocuments | 313"
      })
  void aLongTextIsNeitherComparedNorSortedNorHandedToAFunction(String sql, int code)
      throws Exception {
    try (Connection connection = DriverConnections.connect(server)) {
      assertThat(
          assertThrows(SQLException.class, () -> connection.prepareStatement(sql).execute())
              .getErrorCode(),
          is(code));
    }
  }

  @Test
  void aLongTextHasALengthAndPartsAndMayBeMissing() throws Exception {
    try (Connection connection = DriverConnections.connect(server)) {
      server.execute("INSERT INTO RAG.SourceDocuments VALUES ('a', 'abc')");
      assertThat(
          DriverConnections.column(
              connection,
              "SELECT SUBSTRING(d.text_content, 2, 1) FROM RAG.SourceDocuments d"
                  + " WHERE (text_content IS NOT NULL) AND CHAR_LENGTH(text_content) = 3"),
          contains("b"));
      connection
          .prepareStatement("UPDATE RAG.SourceDocuments SET text_content = 'b' WHERE doc_id = 'a'")
          .execute();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO RAG.Vectors (id, f) VALUES (?, TO_VECTOR(?, %1$s, 3))",
        "INSERT OR UPDATE RAG.Vectors (f, id) VALUES (TO_VECTOR(?, %1$s, 3), ?)",
        "INSERT INTO RAG.Vectors (id, f, d) VALUES (?, TO_VECTOR(?, FLOAT, 3), TO_VECTOR(?, %2$s, 3))",
        "UPDATE RAG.Vectors SET id = ?, d = TO_VECTOR(?, %2$s, 3) WHERE id = ?",
        "SELECT TOP 9 id, VECTOR_DOT_PRODUCT(d, TO_VECTOR(?, %2$s, 3)) AS score FROM RAG.Vectors"
            + " ORDER BY score DESC"
      })
  void aColumnTakesVectorsOfItsTypeOnly(String sql) throws Exception {
    server.execute(
        "CREATE TABLE RAG.Vectors (id VARCHAR(9), f VECTOR(FLOAT, 3), d VECTOR(DOUBLE, 3))");
    try (Connection connection = DriverConnections.connect(server)) {
      connection.prepareStatement(sql.formatted("FLOAT", "DOUBLE")).close();
      assertThat(
          assertThrows(
                  SQLException.class,
                  () -> connection.prepareStatement(sql.formatted("DOUBLE", "FLOAT")))
              .getErrorCode(),
          is(259));
    }
  }
}

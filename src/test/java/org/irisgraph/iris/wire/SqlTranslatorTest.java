package org.irisgraph.iris.wire;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTranslatorTest {
  private final SqlTranslator translator =
      new SqlTranslator(
          table ->
              table.equalsIgnoreCase("RAG.E")
                  ? List.of(List.of("id"), List.of("a", "b"))
                  : List.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT a FROM t WHERE b = :%qpar(1) | SELECT a FROM t WHERE b = ?",
        "SELECT ':%qpar(1)' FROM t | SELECT ':%qpar(1)' FROM t",
        "INSERT OR UPDATE RAG . E ( ID , a ) VALUES ( :%qpar(1) , :%qpar(2) )"
            + " | MERGE INTO RAG.E ( ID , a ) KEY (id) VALUES ( ? , ? )",
        "INSERT OR UPDATE INTO RAG.E (a, b) VALUES (?, ?)"
            + " | MERGE INTO RAG.E (a, b) KEY (a, b) VALUES (?, ?)",
        "INSERT OR UPDATE INTO RAG.E (a) VALUES (?) | INSERT INTO RAG.E (a) VALUES (?)",
        "INSERT OR UPDATE %NOLOCK RAG.E (id) VALUES (?)"
            + " | MERGE INTO RAG.E (id) KEY (id) VALUES (?)",
        "INSERT OR UPDATE %NOCHECK RAG.E (id) VALUES (?) | INSERT INTO RAG.E (id) VALUES (?)",
        "INSERT %NOLOCK %NOINDEX INTO RAG.E (id) VALUES (?)"
            + " | INSERT   INTO RAG.E (id) VALUES (?)",
        "INSERT %NOLOCK %NOCHECK %NOINDEX INTO RAG . E ( id ) VALUES ( :%qpar(1) )"
            + " | INSERT    INTO RAG . E ( id ) VALUES ( ? )",
        "SELECT TO_VECTOR ( ? , FLOAT ) | SELECT STANDIN.TO_VECTOR( ? )",
        "SELECT TO_VECTOR(?, DOUBLE, 3) | SELECT STANDIN.TO_VECTOR(?, 3)",
        "SELECT a FROM INFORMATION_SCHEMA . COLUMNS | SELECT a FROM STANDIN.COLUMNS",
        "CREATE TABLE t (a VARCHAR(9), b VARCHAR, c VARCHAR(9) %EXACT, d TEXT, e BIT)"
            + " | CREATE TABLE t (a VARCHAR_IGNORECASE(9), b VARCHAR_IGNORECASE(1), c VARCHAR(9),"
            + " d CLOB, e BOOLEAN)",
        "CREATE TABLE s.t (a INT) | CREATE SCHEMA IF NOT EXISTS s; CREATE TABLE s.t (a INT)",
        "CREATE INDEX i ON TABLE t (a) AS HNSW(M=24, Distance='Cosine')"
            + " | CREATE INDEX i ON t (a)",
        "BUILD INDEX FOR TABLE t | ANALYZE"
      })
  void writesWhatH2Understands(String given, String expected) {
    assertThat(translator.translate(given), is(expected));
  }
}

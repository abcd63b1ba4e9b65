package org.irisgraph.iris.wire;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Statements like those of the program that H2 accepts, and IRIS, at least in its oldest supported
 * version, does not: none may resemble a form of the catalogue.
 */
@Timeout(300)
class RefusedFormsTest {

  private static IrisWireServer server;

  @BeforeAll
  static void start() throws Exception {
    server = IrisWireServer.start();
    server.execute(
        "CREATE TABLE RAG.Entities (entity_id VARCHAR(255) NOT NULL PRIMARY KEY,"
            + " entity_name VARCHAR(500), source_doc_id VARCHAR(255), stale INTEGER,"
            + " embedding VECTOR(FLOAT, 3))");
  }

  @AfterAll
  static void stop() {
    // So that a statement without a line fails the test of a program that hides the error.
    assertThrows(IllegalStateException.class, server::close);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT entity_id FROM RAG.Entities LIMIT 10",
        "SELECT entity_id FROM RAG.Entities ORDER BY entity_id LIMIT 10 OFFSET 5",
        "SELECT entity_id FROM RAG.Entities ORDER BY entity_id FETCH FIRST 10 ROWS ONLY",
        "SELECT entity_id FROM RAG.Entities ORDER BY entity_id FETCH FIRST 10 ROWS WITH TIES",
        "SELECT entity_id FROM RAG.Entities ORDER BY entity_id OFFSET 5 ROWS",
        "SELECT TOP 5 WITH TIES entity_id FROM RAG.Entities ORDER BY stale",
        "SELECT entity_id FROM (SELECT entity_id FROM RAG.Entities ORDER BY stale) q"
            + " WHERE entity_id IS NOT NULL ORDER BY entity_id",
        "SELECT entity_id FROM (SELECT entity_id FROM RAG.Entities ORDER BY stale) a",
        "SELECT entity_id FROM RAG.Entities WHERE source_doc_id = ? LIMIT 1",
        "SELECT entity_id FROM RAG.Entities WHERE source_doc_id = ? FOR UPDATE SKIP LOCKED",
        "SELECT entity_id FROM RAG.Entities WHERE source_doc_id = ? ORDER BY entity_id NULLS LAST",
        "SELECT entity_id FROM RAG.Entities WHERE entity_name ILIKE ?",
        "SELECT entity_id FROM RAG.Entities WHERE entity_name REGEXP ?",
        "SELECT entity_id FROM RAG.Entities WHERE stale = TRUE",
        "SELECT entity_id FROM RAG.Entities WHERE source_doc_id = ? AND stale = TRUE",
        "SELECT entity_id FROM RAG.Entities WHERE source_doc_id = ? AND stale <> FALSE",
        "SELECT entity_id FROM RAG.Entities WHERE source_doc_id IS NOT DISTINCT FROM ?",
        "SELECT entity_id FROM RAG.Entities WHERE source_doc_id = ANY(?)",
        "SELECT entity_id FROM RAG.Entities WHERE (entity_id, entity_name) IN ((?, ?))",
        "SELECT entity_id FROM RAG.Entities WHERE entity_id IN (VALUES (?), (?))",
        "SELECT entity_id::VARCHAR FROM RAG.Entities",
        "SELECT entity_id FROM RAG.Entities WHERE entity_id = \"x\"",
        "SELECT entity_id FROM RAG.Entities WHERE entity_id > TIMESTAMP '2024-01-01 00:00:00'",
        "SELECT entity_id FROM RAG.Entities WHERE source_doc_id = ? AND entity_name ~ ?",
        "SELECT entity_id FROM RAG.Entities NATURAL JOIN RAG.Entities",
        "SELECT entity_id FROM RAG.Entities INTERSECT SELECT source_doc_id FROM RAG.Entities",
        "SELECT entity_id FROM RAG.Entities WHERE source_doc_id = ? ORDER BY LENGTH(entity_name)",
        "SELECT entity_id, SUBSTR(entity_name, 5) FROM RAG.Entities WHERE entity_id IN (?)",
        "SELECT %EXACT(entity_name) AS n, COUNT(*) AS c FROM RAG.Entities GROUP BY n",
        "SELECT EXISTS (SELECT 1 FROM RAG.Entities)",
        "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 9) SELECT n FROM r",
        "WITH e AS (SELECT entity_id FROM RAG.Entities) SELECT entity_id FROM e",
        "SELECT COUNT(*) FILTER (WHERE stale = 1) FROM RAG.Entities",
        "SELECT source_doc_id, STRING_AGG(entity_name, ',') FROM RAG.Entities GROUP BY source_doc_id",
        "SELECT entity_id, ROW_NUMBER() OVER w FROM RAG.Entities WINDOW w AS (ORDER BY entity_id)",
        "SELECT a.entity_id FROM RAG.Entities a JOIN RAG.Entities b USING (entity_id)",
        "SELECT a.entity_id FROM RAG.Entities a, LATERAL (SELECT a.stale AS s) b WHERE b.s = ?",
        "INSERT INTO RAG.Entities (entity_id, entity_name) VALUES (?, ?), (?, ?)",
        "INSERT INTO RAG.Entities (entity_id) VALUES (?) ON CONFLICT DO NOTHING",
        "INSERT INTO RAG.Entities (entity_id) VALUES (?) RETURNING entity_id",
        "SELECT entity_id FROM FINAL TABLE (INSERT INTO RAG.Entities (entity_id) VALUES (?))",
        "MERGE INTO RAG.Entities (entity_id, entity_name) KEY (entity_id) VALUES (?, ?)",
        "REPLACE INTO RAG.Entities (entity_id) VALUES (?)",
        "INSERT IGNORE INTO RAG.Entities (entity_id) VALUES (?)",
        "UPDATE RAG.Entities SET (entity_name, stale) = (?, ?) WHERE entity_id = ?",
        "UPDATE RAG.Entities SET stale = DEFAULT WHERE entity_id = ?",
        "UPDATE RAG.Entities SET RAG.Entities.stale = ? WHERE entity_id = ?",
        "UPDATE RAG.Entities e SET stale = ? WHERE e.entity_id = ?",
        "DELETE FROM RAG.Entities USING RAG.Entities e WHERE e.entity_id = ?",
        "DELETE FROM RAG.Entities WHERE source_doc_id = ? LIMIT 100",
        "CREATE TABLE T.A (id VARCHAR(9) PRIMARY KEY, flag BOOLEAN)",
        "CREATE TABLE T.A (id UUID, PRIMARY KEY (id))",
        "CREATE TABLE T.A (id VARCHAR(9), body TEXT, PRIMARY KEY (id))",
        "CREATE TABLE T.A (id VARCHAR(9), body CLOB, PRIMARY KEY (id))",
        "CREATE TABLE T.A (id VARCHAR(9), body BYTEA, PRIMARY KEY (id))",
        "CREATE TABLE T.A (id VARCHAR(9), at TIMESTAMP WITH TIME ZONE, PRIMARY KEY (id))",
        "CREATE TABLE T.order (id VARCHAR(9), PRIMARY KEY (id))",
        "CREATE VIEW RAG.date AS SELECT entity_id FROM RAG.Entities",
        "UPDATE RAG.Entities SET embedding = TO_VECTOR(?, 'FLOAT', 3) WHERE entity_id = ?",
        "UPDATE RAG.Entities SET embedding = CAST(? AS VECTOR(FLOAT, 3)) WHERE entity_id = ?",
        "SELECT entity_id FROM RAG.Entities WHERE source_doc_id = ? FOR SHARE",
        "SET SCHEMA RAG",
        "SHOW TABLES",
        "CREATE SEQUENCE RAG.Numbers",
        "LOCK TABLE RAG.Entities IN SHARE MODE",
        "COMMENT ON TABLE RAG.Entities IS 'entities'",
        "CREATE TABLE T.A (id VARCHAR(9), numbers REAL ARRAY, PRIMARY KEY (id))",
        "CREATE TABLE T.A (id VARCHAR(9), embedding VECTOR(384), PRIMARY KEY (id))",
        "CREATE TABLE T.A (id BIGINT GENERATED ALWAYS AS IDENTITY, PRIMARY KEY (id))",
        "CREATE TABLE T.A (id VARCHAR, PRIMARY KEY (id))",
        "CREATE INDEX IF NOT EXISTS idx_a ON RAG.Entities (entity_name)",
        "CREATE INDEX CONCURRENTLY idx_a ON RAG.Entities (entity_name)",
        "CREATE INDEX RAG.idx_a ON RAG.Entities (entity_name)",
        "CREATE INDEX idx_a ON RAG.Entities (LOWER(entity_name))",
        "CREATE INDEX idx_a ON RAG.Entities (entity_name) WHERE stale = 0",
        "DROP INDEX IF EXISTS RAG.idx_a"
      })
  void formsOfOtherDatabasesAreRefused(String sql) throws Exception {
    try (Connection connection = DriverConnections.connect(server);
        Statement statement = connection.createStatement()) {
      SQLException refused =
          assertThrows(
              SQLException.class,
              () -> {
                if (sql.contains("?")) {
                  connection.prepareStatement(sql).close();
                } else {
                  statement.execute(sql);
                }
              });
      assertThat(refused.getErrorCode(), is(SqlCode.SYNTAX));
    }
  }
}

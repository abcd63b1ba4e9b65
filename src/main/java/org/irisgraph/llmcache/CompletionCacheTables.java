package org.irisgraph.llmcache;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.Dialect.ColumnType;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TableShape;

/**
 * The tables of a schema: a row for each answer, under the hash of all that it depends on, and a
 * row for each call that was paid.
 *
 * @param schema that of the ledger
 */
public record CompletionCacheTables(String schema) implements Serializable {

  static final List<String> ANSWER_COLUMNS =
      List.of(
          "response_key",
          "model_name",
          "answer_json",
          "invented",
          "unusable",
          "unlinked",
          "run_id",
          "call_id",
          "created_at");

  static final List<String> CALL_COLUMNS =
      List.of(
          "call_id",
          "run_id",
          "model_name",
          "documents",
          "prompt_tokens",
          "completion_tokens",
          "tokens_estimated",
          "call_millis",
          "created_at");

  /** The table of answers. */
  public String answers() {
    return schema + ".LlmResponses";
  }

  /** The table of calls. */
  public String calls() {
    return schema + ".LlmCalls";
  }

  /** Whether both tables are there. */
  public boolean exist(Connection connection) throws SQLException {
    return TableShape.lookUp(connection, answers()).exists()
        && TableShape.lookUp(connection, calls()).exists();
  }

  /**
   * Makes sure of the tables.
   *
   * @throws StoreException if one is missing and not to be created, with the statements that do
   */
  public void prepare(Connection connection, Dialect dialect, boolean create)
      throws SQLException, StoreException {
    List<String> missing = new ArrayList<>();
    if (!TableShape.lookUp(connection, answers()).exists()) {
      missing.addAll(answerStatements(dialect));
    }
    if (!TableShape.lookUp(connection, calls()).exists()) {
      missing.addAll(callStatements(dialect));
    }
    if (missing.isEmpty()) {
      return;
    }
    dialect.createSchema(schema).ifPresent(statement -> missing.add(0, statement));
    if (!create) {
      throw new StoreException.Configuration(
          "the tables %s and %s, which keep the answers of the language model, do not both exist: --createTables makes them, or run\n%s;"
              .formatted(answers(), calls(), String.join(";\n", missing)),
          null);
    }
    try (Statement statement = connection.createStatement()) {
      for (String sql : missing) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      // Another run may be creating them at this moment.
      if (!exist(connection)) {
        throw e;
      }
    }
  }

  private List<String> answerStatements(Dialect dialect) {
    String number = dialect.columnType(ColumnType.INTEGER, 0);
    return List.of(
        """
        CREATE TABLE %s (
          response_key %s NOT NULL,
          model_name %s NOT NULL,
          answer_json %s NOT NULL,
          invented %s,
          unusable %s,
          unlinked %s,
          run_id %s NOT NULL,
          call_id %s NOT NULL,
          created_at %s,
          PRIMARY KEY (response_key)
        )\
        """
            .formatted(
                answers(),
                dialect.columnType(ColumnType.VARCHAR, 64),
                dialect.columnType(ColumnType.VARCHAR, 255),
                dialect.columnType(ColumnType.TEXT, 0),
                number,
                number,
                number,
                dialect.columnType(ColumnType.VARCHAR, 64),
                dialect.columnType(ColumnType.VARCHAR, 64),
                dialect.columnType(ColumnType.TIMESTAMP, 0)),
        "CREATE INDEX idx_LlmResponses_run_id ON %s (run_id)".formatted(answers()));
  }

  private List<String> callStatements(Dialect dialect) {
    String tokens = dialect.columnType(ColumnType.BIGINT, 0);
    return List.of(
        """
        CREATE TABLE %s (
          call_id %s NOT NULL,
          run_id %s NOT NULL,
          model_name %s NOT NULL,
          documents %s,
          prompt_tokens %s,
          completion_tokens %s,
          tokens_estimated %s,
          call_millis %s,
          created_at %s,
          PRIMARY KEY (call_id)
        )\
        """
            .formatted(
                calls(),
                dialect.columnType(ColumnType.VARCHAR, 64),
                dialect.columnType(ColumnType.VARCHAR, 64),
                dialect.columnType(ColumnType.VARCHAR, 255),
                dialect.columnType(ColumnType.INTEGER, 0),
                tokens,
                tokens,
                dialect.columnType(ColumnType.INTEGER, 0),
                tokens,
                dialect.columnType(ColumnType.TIMESTAMP, 0)),
        "CREATE INDEX idx_LlmCalls_run_id ON %s (run_id)".formatted(calls()));
  }
}

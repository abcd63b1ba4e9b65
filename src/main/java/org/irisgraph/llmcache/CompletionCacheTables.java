package org.irisgraph.llmcache;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.irisgraph.jdbc.Dialect.ColumnType;
import org.irisgraph.jdbc.TableDefinition;
import org.irisgraph.jdbc.TableDefinition.Column;
import org.irisgraph.jdbc.TableShape;

/**
 * The tables of a completion cache: one row per answer, keyed by the hash of all its inputs, and
 * one row per paid call.
 *
 * @param schema the ledger's schema
 */
public record CompletionCacheTables(String schema) implements Serializable {

  /** The longest name of a model, in characters. */
  static final int MAX_MODEL_NAME = 255;

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

  /** Whether both tables exist. */
  public boolean exist(Connection connection) throws SQLException {
    return TableShape.lookUp(connection, answers()).exists()
        && TableShape.lookUp(connection, calls()).exists();
  }

  /** The definitions of both tables. */
  public List<TableDefinition> definitions() {
    return List.of(
        TableDefinition.of(
                answers(),
                "response_key",
                Column.required("response_key", 64),
                Column.required("model_name", MAX_MODEL_NAME),
                new Column("answer_json", ColumnType.TEXT, 0, " NOT NULL"),
                Column.of("invented", ColumnType.INTEGER),
                Column.of("unusable", ColumnType.INTEGER),
                Column.of("unlinked", ColumnType.INTEGER),
                Column.required("run_id", 64),
                Column.required("call_id", 64),
                Column.of("created_at", ColumnType.TIMESTAMP))
            .withIndexes("run_id"),
        TableDefinition.of(
                calls(),
                "call_id",
                Column.required("call_id", 64),
                Column.required("run_id", 64),
                Column.required("model_name", MAX_MODEL_NAME),
                Column.of("documents", ColumnType.INTEGER),
                Column.of("prompt_tokens", ColumnType.BIGINT),
                Column.of("completion_tokens", ColumnType.BIGINT),
                Column.of("tokens_estimated", ColumnType.INTEGER),
                Column.of("call_millis", ColumnType.BIGINT),
                Column.of("created_at", ColumnType.TIMESTAMP))
            .withIndexes("run_id"));
  }
}

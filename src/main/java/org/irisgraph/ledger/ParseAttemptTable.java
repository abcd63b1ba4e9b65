package org.irisgraph.ledger;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Objects;
import org.irisgraph.base.PlainText;
import org.irisgraph.graphrag.TableDefinitions;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.jspecify.annotations.Nullable;

/**
 * The table of files that are being parsed. A row exists from before a file is parsed until after,
 * so that a row that remains shows a worker that ended in between.
 *
 * @param table {@code SCHEMA.ParseAttempts}
 * @param pipeline the pipeline that parses the files
 * @param plainSources whether names of files are written in short ASCII texts
 */
public record ParseAttemptTable(String table, String pipeline, boolean plainSources)
    implements Serializable {

  /** The table of a pipeline's ledger. */
  public ParseAttemptTable(LedgerSettings ledger) {
    this(TableDefinitions.parseAttemptsBeside(ledger.table()), ledger.pipeline(), false);
  }

  /** The same table, for a database that cannot hold the name of a file. */
  ParseAttemptTable withPlainSources() {
    return new ParseAttemptTable(table, pipeline, true);
  }

  /**
   * The earlier attempts of a file.
   *
   * @param attempts the number of attempts for this content that began and did not end
   * @param last the id of the last of these attempts, null if there is none
   * @param isNew whether the file has no row, not even for another content
   */
  public record Known(int attempts, @Nullable String last, boolean isNew) {}

  /** The earlier attempts of a file with this content; other content does not count. */
  public Known known(Connection connection, String source, String contentHash) throws SQLException {
    List<Row> rows =
        KeyedRows.select(
            connection,
            table,
            List.of("content_hash", "attempts", "attempt_id"),
            "attempt_key",
            List.of(key(source)));
    if (rows.isEmpty()) {
      return new Known(0, null, true);
    }
    Row row = rows.get(0);
    return contentHash.equals(row.get(0))
        ? new Known(
            ((Number) Objects.requireNonNull(row.get(1))).intValue(), (String) row.get(2), false)
        : new Known(0, null, false);
  }

  /**
   * Counts an attempt.
   *
   * @param isNew whether the file has no row
   * @param attempts the number of attempts, including this one
   * @param attemptId the id of this attempt
   */
  public void begin(
      Connection connection,
      String source,
      String contentHash,
      boolean isNew,
      int attempts,
      String attemptId)
      throws SQLException {
    String sql =
        isNew
            ? "INSERT INTO %s (content_hash, attempts, attempt_id, begun_at, pipeline, source,"
                + " attempt_key) VALUES (?, ?, ?, ?, ?, ?, ?)"
            : "UPDATE %s SET content_hash = ?, attempts = ?, attempt_id = ?, begun_at = ?,"
                + " pipeline = ?, source = ? WHERE attempt_key = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql.formatted(table))) {
      KeyedRows.bind(
          statement,
          contentHash,
          attempts,
          attemptId,
          new Timestamp(System.currentTimeMillis()),
          pipeline,
          plainSources ? PlainText.of(source, TableDefinitions.MAX_PLAIN_SOURCE) : source,
          key(source));
      statement.executeUpdate();
    }
  }

  /** Deletes an attempt, unless another one of the file has been counted since. */
  public void end(Connection connection, String source, String attemptId) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "DELETE FROM %s WHERE attempt_key = ? AND attempt_id = ?".formatted(table))) {
      KeyedRows.bind(statement, key(source), attemptId);
      statement.executeUpdate();
    }
  }

  /** Deletes the attempts of files. */
  public void forget(Connection connection, List<String> sources) throws SQLException {
    KeyedRows.delete(connection, table, "attempt_key", sources.stream().map(this::key).toList());
  }

  private String key(String source) {
    return LedgerKeys.source(pipeline, source);
  }
}

package org.irisgraph.graphrag;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;

/**
 * The table of the files that are being parsed: a row is there from before a file is parsed until
 * after, so that one that stays is of a worker that ended in between.
 *
 * @param table its name, with the schema
 * @param pipeline whose files are meant
 */
public record ParseAttemptTable(String table, String pipeline) implements Serializable {

  private static final String NAME = "ParseAttempts";

  /** The table of a pipeline's ledger. */
  public ParseAttemptTable(LedgerSettings ledger) {
    this(beside(ledger.table()), ledger.pipeline());
  }

  /** The table of attempts in the schema of a ledger. */
  static String beside(String ledger) {
    return ledger.substring(0, ledger.indexOf('.') + 1) + NAME;
  }

  /**
   * What is known of a file.
   *
   * @param attempts how often it was begun to parse this content and not ended
   * @param last the id of the last of these attempts, null if there is none
   * @param isNew whether there is no row, not even of another content
   */
  public record Known(int attempts, String last, boolean isNew) {}

  /** What is known of a file with this content; another content has no past. */
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
        ? new Known(((Number) row.get(1)).intValue(), (String) row.get(2), false)
        : new Known(0, null, false);
  }

  /**
   * Counts an attempt.
   *
   * @param isNew whether there is no row of the file
   * @param attempts with this one
   * @param attemptId of this one
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
          source,
          key(source));
      statement.executeUpdate();
    }
  }

  /** Forgets an attempt, unless another one of the file has been counted since. */
  public void end(Connection connection, String source, String attemptId) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "DELETE FROM %s WHERE attempt_key = ? AND attempt_id = ?".formatted(table))) {
      KeyedRows.bind(statement, key(source), attemptId);
      statement.executeUpdate();
    }
  }

  /** Forgets files. */
  public void forget(Connection connection, List<String> sources) throws SQLException {
    KeyedRows.delete(connection, table, "attempt_key", sources.stream().map(this::key).toList());
  }

  private String key(String source) {
    return LedgerKeys.source(pipeline, source);
  }
}

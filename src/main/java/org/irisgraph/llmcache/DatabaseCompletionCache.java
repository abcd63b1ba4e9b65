package org.irisgraph.llmcache;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.irisgraph.base.PlainText;
import org.irisgraph.endpoint.CompletionCache;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.StoreException;
import org.joda.time.Duration;

/**
 * Keeps answers in the database. Each call is a transaction of its own on one of the writers'
 * connections. Of two answers for one text the first stays.
 */
public final class DatabaseCompletionCache implements CompletionCache {

  private final CompletionCacheTables tables;
  private final Database database;
  private final String runId;
  private final Duration retryFor;

  /**
   * Creates a cache.
   *
   * @param runId the run that the calls are counted for
   * @param retryFor how long to retry after an outage
   */
  public DatabaseCompletionCache(
      CompletionCacheTables tables, Database database, String runId, Duration retryFor) {
    this.tables = tables;
    this.database = database;
    this.runId = runId;
    this.retryFor = retryFor;
  }

  @Override
  public Map<String, String> find(Collection<String> keys)
      throws ModelException, InterruptedException {
    return query(connection -> find(connection, tables, keys));
  }

  /** Finds cached answers by their keys. */
  public static Map<String, String> find(
      Connection connection, CompletionCacheTables tables, Collection<String> keys)
      throws SQLException {
    Map<String, String> found = new HashMap<>();
    for (Row row :
        KeyedRows.select(
            connection,
            tables.answers(),
            List.of("response_key", "answer_json"),
            "response_key",
            keys)) {
      found.put((String) row.get(0), (String) row.get(1));
    }
    return found;
  }

  @Override
  public Map<String, String> keep(PaidCall call) throws ModelException, InterruptedException {
    // The same at each attempt, so that a retry after a commit in doubt finds the call.
    String callId = UUID.randomUUID().toString();
    return query(
        connection -> {
          Map<String, String> kept = find(connection, tables, call.answers().keySet());
          Timestamp now = new Timestamp(System.currentTimeMillis());
          if (call.documents() > 0 && !isKept(connection, callId)) {
            insertCall(connection, callId, call, now);
          }
          // Sorted, so that two workers with the same texts cannot deadlock.
          Map<String, KeptAnswer> news = new TreeMap<>(call.answers());
          news.keySet().removeAll(kept.keySet());
          if (!news.isEmpty()) {
            insertAnswers(connection, callId, call.model(), news, now);
          }
          news.forEach((key, answer) -> kept.put(key, answer.json()));
          return kept;
        });
  }

  private boolean isKept(Connection connection, String callId) throws SQLException {
    return !KeyedRows.select(
            connection, tables.calls(), List.of("call_id"), "call_id", List.of(callId))
        .isEmpty();
  }

  private void insertCall(Connection connection, String callId, PaidCall call, Timestamp now)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            database.dialect().insert(tables.calls(), CompletionCacheTables.CALL_COLUMNS))) {
      KeyedRows.bind(
          statement,
          callId,
          runId,
          PlainText.of(call.model(), CompletionCacheTables.MAX_MODEL_NAME),
          call.documents(),
          call.usage().promptTokens(),
          call.usage().completionTokens(),
          call.usage().isEstimate() ? 1 : 0,
          call.millis(),
          now);
      statement.executeUpdate();
    }
  }

  private void insertAnswers(
      Connection connection,
      String callId,
      String model,
      Map<String, KeptAnswer> answers,
      Timestamp now)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            database.dialect().insert(tables.answers(), CompletionCacheTables.ANSWER_COLUMNS))) {
      for (Map.Entry<String, KeptAnswer> answer : answers.entrySet()) {
        KeyedRows.bind(
            statement,
            answer.getKey(),
            PlainText.of(model, CompletionCacheTables.MAX_MODEL_NAME),
            answer.getValue().json(),
            answer.getValue().counts().invented(),
            answer.getValue().counts().unusable(),
            answer.getValue().counts().unlinked(),
            runId,
            callId,
            now);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** Retries an insert that another worker has made first, and then finds its row. */
  private <R> R query(Database.Query<R> query) throws ModelException, InterruptedException {
    try {
      return database.query(retryFor, query);
    } catch (StoreException e) {
      throw new ModelException.Store(e);
    }
  }
}

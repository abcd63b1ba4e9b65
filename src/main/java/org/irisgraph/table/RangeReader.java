package org.irisgraph.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.TableRow;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.ErrorClass;
import org.irisgraph.jdbc.ErrorClassifier;
import org.irisgraph.jdbc.StoreException;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the documents of ranges. A chunk of rows is delivered when it is complete and its
 * connection is released: a retry after an outage therefore repeats nothing that was delivered, and
 * a thread that waits for a connection holds none.
 *
 * <p>If the database fails on a row, the chunk is bisected until the row is found and reported. As
 * in the sink, an error of an unknown class is a row's fault if and only if other rows of the table
 * can be read.
 */
public final class RangeReader {

  private static final Logger LOG = LoggerFactory.getLogger(RangeReader.class);

  /** The maximum number of rows that are tried to find one that can be read. */
  private static final int WITNESSES = 10;

  private final TableSource source;
  private final Database database;
  private final Duration retryFor;
  private final RangeQuery query;

  /**
   * Creates a reader.
   *
   * @param database the database of the source's connection
   * @param retryFor how long to retry after an outage
   */
  public RangeReader(TableSource source, Database database, Duration retryFor) {
    this.source = source;
    this.database = database;
    this.retryFor = retryFor;
    this.query = new RangeQuery(source);
  }

  /**
   * Splits all rows into ranges, the last of which are the rows without an id.
   *
   * @param rows the approximate number of rows of a range
   * @param most the maximum number of ranges; those of a large table are larger
   */
  public List<KeyRange> ranges(int rows, int most) throws StoreException, InterruptedException {
    List<KeyRange> ranges =
        new ArrayList<>(database.query(retryFor, ofKeys(c -> query.ranges(c, rows, most))));
    ranges.add(KeyRange.NULLS);
    return ranges;
  }

  /** Bad data in the id column is a configuration error: without ids no row can be isolated. */
  private <R> Database.Query<R> ofKeys(Database.Query<R> keys) {
    return connection -> {
      try {
        return keys.run(connection);
      } catch (SQLException e) {
        if (database.dialect().classify(e) != ErrorClass.BAD_DATA) {
          throw e;
        }
        throw new StoreException.Configuration(
            "the ids of %s cannot be read: %s".formatted(source.name(), ErrorClassifier.message(e)),
            e);
      }
    };
  }

  /**
   * Reads a range.
   *
   * @param stopped checked between chunks; if true, the rest is not read
   */
  public void read(KeyRange range, DocumentSink sink, BooleanSupplier stopped)
      throws StoreException, InterruptedException {
    if (range.nulls()) {
      long count = database.query(retryFor, query::rowsWithoutKey);
      source.reader().withoutId(count, source.key().name(), sink);
      return;
    }
    Set<String> delivered = new HashSet<>();
    SQLException refusal = read(range, delivered, sink, stopped);
    if (refusal != null) {
      isolate(range, refusal, delivered, sink, stopped);
    }
  }

  /** Reads a range up to the first error that a row may have caused, which is returned. */
  private @Nullable SQLException read(
      KeyRange range, Set<String> delivered, DocumentSink sink, BooleanSupplier stopped)
      throws StoreException, InterruptedException {
    KeyRange rest = range;
    while (rest != null && !stopped.getAsBoolean()) {
      KeyRange some = rest;
      Attempt attempt =
          database.query(retryFor, connection -> attempt(connection, some, delivered));
      RangeQuery.Chunk chunk = attempt.chunk();
      if (chunk == null) {
        return attempt.refusal();
      }
      for (Map.Entry<String, List<TableRow>> ofId : chunk.rows().entrySet()) {
        deliver(ofId.getKey(), ofId.getValue(), chunk.stored(), sink);
      }
      delivered.addAll(chunk.rows().keySet());
      rest = chunk.next() == null ? null : range.startingAt(chunk.next());
    }
    return null;
  }

  private void deliver(
      String id, List<TableRow> rows, Map<String, String> stored, DocumentSink sink) {
    if (source.documents() != null && !stored.containsKey(id)) {
      source
          .reader()
          .unreadable(
              id,
              ReadFailure.NO_DOCUMENT_ROW,
              "%s has no row with doc_id \"%s\": it cannot be indexed in place"
                  .formatted(source.documents(), id),
              sink);
    } else {
      source.reader().read(stored.getOrDefault(id, id), rows, sink);
    }
  }

  /** A chunk, or the error that a row of it may have caused. */
  private record Attempt(RangeQuery.@Nullable Chunk chunk, @Nullable SQLException refusal) {}

  private Attempt attempt(Connection connection, KeyRange range, Set<String> delivered)
      throws SQLException, StoreException {
    try {
      return new Attempt(query.rows(connection, range, delivered), null);
    } catch (SQLException | RuntimeException | AssertionError thrown) {
      // Drivers throw unchecked exceptions if a connection breaks or a value is unexpected.
      SQLException e = thrown instanceof SQLException sql ? sql : new SQLException(thrown);
      ErrorClass errorClass = database.dialect().classify(e);
      if (errorClass == ErrorClass.BAD_DATA || errorClass == ErrorClass.UNKNOWN) {
        try {
          connection.rollback();
          return new Attempt(null, e);
        } catch (SQLException | RuntimeException | AssertionError broken) {
          e.addSuppressed(broken);
        }
      }
      throw e;
    }
  }

  /** Reads the rest of a range by bisection and reports the rows that cannot be read. */
  private void isolate(
      KeyRange range,
      SQLException refusal,
      Set<String> delivered,
      DocumentSink sink,
      BooleanSupplier stopped)
      throws StoreException, InterruptedException {
    LOG.atWarn()
        .addKeyValue("error", ErrorClassifier.message(refusal))
        .log("rows cannot be read: isolating them");
    List<String> ids = new ArrayList<>(database.query(retryFor, ofKeys(c -> query.keys(c, range))));
    ids.removeAll(delivered);
    Map<String, SQLException> refused = new LinkedHashMap<>();
    bisect(ids, delivered, sink, stopped, refused);
    keepFaultyRows(refused, delivered, sink, stopped);
    refused.forEach(
        (id, e) ->
            source
                .reader()
                .unreadable(
                    id,
                    ReadFailure.BAD_ROW,
                    "the row cannot be read: %s (code %d)"
                        .formatted(ErrorClassifier.message(e), e.getErrorCode()),
                    sink));
  }

  /**
   * Removes the rows that are not at fault from {@code refused}. An outage may have begun since the
   * last row was read, so that another row must be readable now; rows that failed in an outage that
   * is over are read after all.
   *
   * @throws StoreException.Configuration if no other row can be read
   */
  private void keepFaultyRows(
      Map<String, SQLException> refused,
      Set<String> delivered,
      DocumentSink sink,
      BooleanSupplier stopped)
      throws StoreException, InterruptedException {
    Map<String, SQLException> inDoubt = new LinkedHashMap<>(refused);
    inDoubt.values().removeIf(e -> database.dialect().classify(e) == ErrorClass.BAD_DATA);
    if (inDoubt.isEmpty()) {
      return;
    }
    if (!canReadOthers(delivered, refused.keySet())) {
      SQLException e = inDoubt.values().iterator().next();
      throw new StoreException.Configuration(
          "%s cannot be read: %s".formatted(source.name(), ErrorClassifier.message(e)), e);
    }
    for (String id : inDoubt.keySet()) {
      SQLException again = read(KeyRange.of(id), delivered, sink, stopped);
      if (again == null) {
        refused.remove(id);
      }
    }
  }

  private boolean canReadOthers(Set<String> delivered, Set<String> refused)
      throws StoreException, InterruptedException {
    if (!delivered.isEmpty() && canRead(delivered.iterator().next())) {
      return true;
    }
    for (String id :
        database.query(retryFor, ofKeys(c -> query.otherKeys(c, refused, WITNESSES)))) {
      if (canRead(id)) {
        return true;
      }
    }
    return false;
  }

  private boolean canRead(String id) throws StoreException, InterruptedException {
    Attempt attempt = database.query(retryFor, c -> attempt(c, KeyRange.of(id), Set.of()));
    return attempt.chunk() != null && !attempt.chunk().rows().isEmpty();
  }

  private void bisect(
      List<String> ids,
      Set<String> delivered,
      DocumentSink sink,
      BooleanSupplier stopped,
      Map<String, SQLException> refused)
      throws StoreException, InterruptedException {
    if (ids.isEmpty() || stopped.getAsBoolean()) {
      return;
    }
    KeyRange range = KeyRange.between(ids.get(0), ids.get(ids.size() - 1));
    SQLException refusal = read(range, delivered, sink, stopped);
    if (refusal == null) {
      return;
    }
    if (ids.size() == 1) {
      refused.put(ids.get(0), refusal);
      return;
    }
    int middle = ids.size() / 2;
    bisect(ids.subList(0, middle), delivered, sink, stopped, refused);
    bisect(ids.subList(middle, ids.size()), delivered, sink, stopped, refused);
  }
}

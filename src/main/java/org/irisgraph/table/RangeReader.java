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
import org.irisgraph.jdbc.StoreException;
import org.joda.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the documents of ranges. Rows are held in memory in chunks, and a chunk is passed on when
 * it is complete and its connection is free again: what is tried again after an outage has not been
 * passed on yet, and who waits for a connection never holds one.
 *
 * <p>A chunk that the database refuses for what it holds is cut in halves until the row is found,
 * which is named. As in the sink, an error of unknown kind is a row's fault if and only if other
 * rows go through, wherever in the table they are.
 */
public final class RangeReader {

  private static final Logger LOG = LoggerFactory.getLogger(RangeReader.class);

  /** Rows that are tried to find one that can be read. */
  private static final int WITNESSES = 10;

  private final TableSource source;
  private final Database database;
  private final Duration retryFor;
  private final RangeQuery query;

  /**
   * Reads from a source.
   *
   * @param database that of the source's connection
   * @param retryFor how long a database that does not answer is tried again
   */
  public RangeReader(TableSource source, Database database, Duration retryFor) {
    this.source = source;
    this.database = database;
    this.retryFor = retryFor;
    this.query = new RangeQuery(source);
  }

  /**
   * Finds ranges that together are all rows, the last of them those without an id.
   *
   * @param rows about how many rows a range has
   * @param most how many there may be; of a large table they are larger
   */
  public List<KeyRange> ranges(int rows, int most) throws StoreException, InterruptedException {
    List<KeyRange> ranges =
        new ArrayList<>(database.query(retryFor, ofKeys(c -> query.ranges(c, rows, most))));
    ranges.add(KeyRange.NULLS);
    return ranges;
  }

  /** Without its ids no row of a range can be found, whichever of them is at fault. */
  private <R> Database.Query<R> ofKeys(Database.Query<R> keys) {
    return connection -> {
      try {
        return keys.run(connection);
      } catch (SQLException e) {
        if (database.dialect().classify(e) != ErrorClass.BAD_DATA) {
          throw e;
        }
        throw new StoreException.Configuration(
            "the ids of %s cannot be read: %s".formatted(source.name(), e.getMessage()), e);
      }
    };
  }

  /**
   * Reads a range.
   *
   * @param stopped asked between chunks; what is left is not read then
   */
  public void read(KeyRange range, DocumentSink sink, BooleanSupplier stopped)
      throws StoreException, InterruptedException {
    if (range.nulls()) {
      long count = database.query(retryFor, query::rowsWithoutKey);
      source.reader().withoutId(count, source.key().name(), sink);
      return;
    }
    Set<String> given = new HashSet<>();
    SQLException refusal = read(range, given, sink, stopped);
    if (refusal != null) {
      isolate(range, refusal, given, sink, stopped);
    }
  }

  /** Reads a range as far as it goes; gives the error that is the fault of what it holds. */
  private SQLException read(
      KeyRange range, Set<String> given, DocumentSink sink, BooleanSupplier stopped)
      throws StoreException, InterruptedException {
    KeyRange rest = range;
    while (rest != null && !stopped.getAsBoolean()) {
      KeyRange some = rest;
      Attempt attempt = database.query(retryFor, connection -> attempt(connection, some, given));
      if (attempt.refusal() != null) {
        return attempt.refusal();
      }
      RangeQuery.Chunk chunk = attempt.chunk();
      for (Map.Entry<String, List<TableRow>> ofId : chunk.rows().entrySet()) {
        deliver(ofId.getKey(), ofId.getValue(), chunk.absent(), sink);
      }
      given.addAll(chunk.rows().keySet());
      rest = chunk.next() == null ? null : range.startingAt(chunk.next());
    }
    return null;
  }

  private void deliver(String id, List<TableRow> rows, Set<String> absent, DocumentSink sink) {
    if (absent.contains(id)) {
      source
          .reader()
          .unreadable(
              id,
              ReadFailure.NO_DOCUMENT_ROW,
              "%s has no row with doc_id \"%s\", so that nothing can be indexed in place"
                  .formatted(source.documents(), id),
              sink);
    } else {
      source.reader().read(id, rows, sink);
    }
  }

  /** Rows, or why the database refuses to give them. */
  private record Attempt(RangeQuery.Chunk chunk, SQLException refusal) {}

  private Attempt attempt(Connection connection, KeyRange range, Set<String> given)
      throws SQLException, StoreException {
    try {
      return new Attempt(query.rows(connection, range, given), null);
    } catch (SQLException | RuntimeException | AssertionError thrown) {
      // Drivers throw what they like when a link breaks, or at a value that they do not expect.
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

  /** Reads a range that was refused row by row where it must, and names the rows at fault. */
  private void isolate(
      KeyRange range,
      SQLException refusal,
      Set<String> given,
      DocumentSink sink,
      BooleanSupplier stopped)
      throws StoreException, InterruptedException {
    LOG.atWarn()
        .addKeyValue("error", String.valueOf(refusal.getMessage()))
        .log("rows cannot be read: look for them one by one");
    List<String> ids = new ArrayList<>(database.query(retryFor, ofKeys(c -> query.keys(c, range))));
    ids.removeAll(given);
    Map<String, SQLException> refused = new LinkedHashMap<>();
    halve(ids, given, sink, stopped, refused);
    judge(refused, given, sink, stopped);
    refused.forEach(
        (id, e) ->
            source
                .reader()
                .unreadable(
                    id,
                    ReadFailure.BAD_ROW,
                    "the row cannot be read: %s (code %d)"
                        .formatted(e.getMessage(), e.getErrorCode()),
                    sink));
  }

  /**
   * Leaves those rows refused that are at fault. What went through before says nothing of an outage
   * that has begun since, so that another row has to go through now; and what was refused during an
   * outage that is over is read after all.
   *
   * @throws StoreException.Configuration if nothing shows that rows are at fault
   */
  private void judge(
      Map<String, SQLException> refused,
      Set<String> given,
      DocumentSink sink,
      BooleanSupplier stopped)
      throws StoreException, InterruptedException {
    List<String> inDoubt =
        refused.keySet().stream()
            .filter(id -> database.dialect().classify(refused.get(id)) != ErrorClass.BAD_DATA)
            .toList();
    if (inDoubt.isEmpty()) {
      return;
    }
    if (!doOthersGoThrough(given, refused.keySet())) {
      SQLException e = refused.get(inDoubt.get(0));
      throw new StoreException.Configuration(
          "%s cannot be read: %s".formatted(source.name(), e.getMessage()), e);
    }
    for (String id : inDoubt) {
      SQLException again = read(KeyRange.of(id), given, sink, stopped);
      if (again == null) {
        refused.remove(id);
      }
    }
  }

  private boolean doOthersGoThrough(Set<String> given, Set<String> refused)
      throws StoreException, InterruptedException {
    if (!given.isEmpty() && doesGoThrough(given.iterator().next())) {
      return true;
    }
    for (String id :
        database.query(retryFor, ofKeys(c -> query.otherKeys(c, refused, WITNESSES)))) {
      if (doesGoThrough(id)) {
        return true;
      }
    }
    return false;
  }

  private boolean doesGoThrough(String id) throws StoreException, InterruptedException {
    Attempt attempt = database.query(retryFor, c -> attempt(c, KeyRange.of(id), Set.of()));
    return attempt.refusal() == null && !attempt.chunk().rows().isEmpty();
  }

  private void halve(
      List<String> ids,
      Set<String> given,
      DocumentSink sink,
      BooleanSupplier stopped,
      Map<String, SQLException> refused)
      throws StoreException, InterruptedException {
    if (ids.isEmpty() || stopped.getAsBoolean()) {
      return;
    }
    KeyRange range = KeyRange.between(ids.get(0), ids.get(ids.size() - 1));
    SQLException refusal = read(range, given, sink, stopped);
    if (refusal == null) {
      return;
    }
    if (ids.size() == 1) {
      refused.put(ids.get(0), refusal);
      return;
    }
    int middle = ids.size() / 2;
    halve(ids.subList(0, middle), given, sink, stopped, refused);
    halve(ids.subList(middle, ids.size()), given, sink, stopped, refused);
  }
}

package org.irisgraph.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.irisgraph.document.ParseAttempts;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.WorkerDatabase;
import org.irisgraph.ledger.UnreportedAttempts.Unended;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Counts parse attempts in the database, where they outlive the worker. A file that was being
 * parsed when a worker ended is suspect and parsed alone, so that a second end is not attributed to
 * the files beside it.
 */
public final class DatabaseParseAttempts implements ParseAttempts {

  static final int MAX_ATTEMPTS = 3;

  private static final long serialVersionUID = 1L;

  /** Shared by all parsers of this JVM: read for any file, write for a suspect one. */
  private static final ReadWriteLock PARSING = new ReentrantReadWriteLock(true);

  private final ConnectionSettings connection;
  private final ParseAttemptTable table;
  private final WorkerDatabase database;

  public DatabaseParseAttempts(
      ConnectionSettings connection, ParseAttemptTable table, Duration retryFor) {
    this.connection = connection;
    this.table = table;
    this.database = new WorkerDatabase(connection, retryFor);
  }

  @Override
  public void open() {
    database.open();
  }

  @Override
  public void close() {
    database.close();
  }

  @Override
  public Attempt begin(String source, String contentHash)
      throws ReadException, InterruptedException {
    // Unique id: recognises an in-doubt commit on retry.
    String id = UUID.randomUUID().toString();
    Lock together = PARSING.readLock();
    together.lockInterruptibly();
    int earlier = -1;
    try {
      earlier = beginIfFirst(source, contentHash, id);
    } finally {
      if (earlier != 0) {
        together.unlock();
      }
    }
    if (earlier == 0) {
      return () -> end(source, id, together);
    }
    if (earlier >= MAX_ATTEMPTS) {
      throw new ReadException(
          ReadFailure.TOOK_WORKER_DOWN,
          ("a worker has ended %d times while parsing the document; it is not tried again until the"
                  + " document changes or is replayed")
              .formatted(earlier));
    }
    return beginAlone(source, contentHash, earlier + 1, id);
  }

  /** Counts the attempt if it is the first; returns the number of earlier attempts. */
  private int beginIfFirst(String source, String contentHash, String id)
      throws InterruptedException {
    return query(
        (c, table) -> {
          ParseAttemptTable.Known known = table.known(c, source, contentHash);
          int earlier = known.attempts() - (id.equals(known.last()) ? 1 : 0);
          if (earlier == 0) {
            table.begin(c, source, contentHash, known.isNew(), 1, id);
          }
          return earlier;
        });
  }

  private Attempt beginAlone(String source, String contentHash, int attempts, String id)
      throws InterruptedException {
    Lock alone = PARSING.writeLock();
    alone.lockInterruptibly();
    boolean begun = false;
    try {
      query(
          (c, table) -> {
            table.begin(c, source, contentHash, false, attempts, id);
            return true;
          });
      begun = true;
    } finally {
      if (!begun) {
        alone.unlock();
      }
    }
    return () -> end(source, id, alone);
  }

  private void end(String source, String id, Lock lock) throws InterruptedException {
    // A cancelled task, too, has not ended its worker.
    boolean interrupted = Thread.interrupted();
    boolean reported = false;
    try {
      query(
          (c, table) -> {
            table.end(c, source, id);
            return true;
          });
      reported = true;
    } finally {
      if (!reported) {
        UnreportedAttempts.keep(new Unended(connection, table, source, id));
      }
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A query of the table of attempts. */
  @FunctionalInterface
  private interface Query<R extends @Nullable Object> {
    R run(Connection connection, ParseAttemptTable attempts) throws SQLException;
  }

  private <R extends @Nullable Object> R query(Query<R> query) throws InterruptedException {
    try {
      return query(query, table);
    } catch (StoreException.Refused e) {
      // The database cannot hold the name of the file, which is only for people.
      return retry(query, e);
    } catch (StoreException e) {
      throw new StoreFailed(e);
    }
  }

  private <R extends @Nullable Object> R retry(Query<R> query, StoreException.Refused refused)
      throws InterruptedException {
    try {
      return query(query, table.withPlainSources());
    } catch (StoreException e) {
      e.addSuppressed(refused);
      throw new StoreFailed(e);
    }
  }

  private <R extends @Nullable Object> R query(Query<R> query, ParseAttemptTable attempts)
      throws StoreException, InterruptedException {
    List<Unended> unended = UnreportedAttempts.of(connection, table);
    R result =
        database.query(
            c -> {
              for (Unended attempt : unended) {
                table.end(c, attempt.source(), attempt.attemptId());
              }
              return query.run(c, attempts);
            });
    UnreportedAttempts.forget(unended);
    return result;
  }

  /** Thrown if an attempt could not be counted; fails the bundle, not the document. */
  public static final class StoreFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final StoreException failure;

    private StoreFailed(StoreException failure) {
      super(failure.getMessage(), failure);
      this.failure = failure;
    }

    /** The database's error. */
    @Override
    public synchronized StoreException getCause() {
      return failure;
    }
  }
}

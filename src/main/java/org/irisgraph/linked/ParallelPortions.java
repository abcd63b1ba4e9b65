package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.irisgraph.jdbc.Database;

/** Corrects portions of the nodes at the same time, each thread on a connection of its own. */
final class ParallelPortions {

  private final Work correction;
  private final int moreConnections;
  private final FurtherConnections further;
  private final Consumer<String> shown;

  /**
   * Work on several connections.
   *
   * @param moreConnections how many at most, beside the one that is open
   * @param further where to get them
   * @param shown takes how many portions are done
   */
  ParallelPortions(
      Work correction, int moreConnections, FurtherConnections further, Consumer<String> shown) {
    this.correction = correction;
    this.moreConnections = moreConnections;
    this.further = further;
    this.shown = shown;
  }

  /** Corrects the nodes of a portion. */
  @FunctionalInterface
  interface Work {
    CorrectedRows run(Connection connection, GraphPortion portion) throws SQLException;
  }

  /** Corrects all portions; after a failure no further one is begun. */
  CorrectedRows run(Connection connection, List<GraphPortion> portions) throws SQLException {
    AtomicInteger done = new AtomicInteger();
    Work work =
        (open, portion) -> {
          CorrectedRows corrected = correction.run(open, portion);
          shown.accept("%d of %d parts".formatted(done.incrementAndGet(), portions.size()));
          return corrected;
        };
    Queue<GraphPortion> waiting = new ConcurrentLinkedQueue<>(portions);
    Database.Query<CorrectedRows> all =
        open -> {
          CorrectedRows changes = CorrectedRows.NONE;
          try {
            for (GraphPortion next = waiting.poll(); next != null; next = waiting.poll()) {
              changes = changes.plus(work.run(open, next));
            }
            return changes;
          } finally {
            waiting.clear();
          }
        };
    List<Callable<CorrectedRows>> threads = new ArrayList<>();
    threads.add(() -> all.run(connection));
    for (int i = 0; i < Math.min(moreConnections, portions.size() - 1); i++) {
      threads.add(() -> further.run(all).orElse(CorrectedRows.NONE));
    }
    return run(threads);
  }

  private static CorrectedRows run(List<Callable<CorrectedRows>> threads) throws SQLException {
    ExecutorService executor = Executors.newFixedThreadPool(threads.size());
    try {
      CorrectedRows all = CorrectedRows.NONE;
      for (Future<CorrectedRows> thread : executor.invokeAll(threads)) {
        all = all.plus(thread.get());
      }
      return all;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while linking entities", e);
    } finally {
      executor.shutdownNow();
    }
  }
}

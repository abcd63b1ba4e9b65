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
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Corrects portions of the nodes at the same time, each thread on a connection of its own. */
final class ParallelPortions {

  private static final Logger LOG = LoggerFactory.getLogger(ParallelPortions.class);

  private final Work correction;
  private final @Nullable ConnectionSettings settings;
  private final Consumer<String> shown;

  /**
   * Work on as many connections as the settings allow for writers.
   *
   * @param settings null for the one connection that is open
   * @param shown takes how many portions are done
   */
  ParallelPortions(Work correction, @Nullable ConnectionSettings settings, Consumer<String> shown) {
    this.correction = correction;
    this.settings = settings;
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
    List<Connection> more = new ArrayList<>();
    try {
      open(more, portions.size() - 1);
      List<Connection> connections = new ArrayList<>(more);
      connections.add(connection);
      return run(connections, portions, work);
    } finally {
      for (Connection opened : more) {
        opened.close();
      }
    }
  }

  /** Opens further connections, as long as the server admits them. */
  private void open(List<Connection> connections, int most) {
    if (settings == null) {
      return;
    }
    try {
      while (connections.size() < Math.min(most, settings.writers() - 1)) {
        Connection opened = Database.connect(settings);
        connections.add(opened);
        // A portion may be large, and a server sends nothing until it has summed it up.
        opened.setNetworkTimeout(Runnable::run, 0);
      }
    } catch (SQLException e) {
      LOG.debug("continues with {} more connections", connections.size(), e);
    }
  }

  private static CorrectedRows run(
      List<Connection> connections, List<GraphPortion> portions, Work work) throws SQLException {
    Queue<GraphPortion> waiting = new ConcurrentLinkedQueue<>(portions);
    List<Callable<CorrectedRows>> threads = new ArrayList<>();
    for (Connection connection : connections) {
      threads.add(
          () -> {
            CorrectedRows changes = CorrectedRows.NONE;
            try {
              for (GraphPortion next = waiting.poll(); next != null; next = waiting.poll()) {
                changes = changes.plus(work.run(connection, next));
              }
              return changes;
            } finally {
              waiting.clear();
            }
          });
    }
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

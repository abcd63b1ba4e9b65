package org.irisgraph.pipeline;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.irisgraph.embed.EmbeddingModel;
import org.irisgraph.embed.EmbeddingSource;
import org.irisgraph.embed.TextVector;
import org.irisgraph.endpoint.CompletionCache;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.graph.Embedding;
import org.irisgraph.graph.Failure;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.WorkerDatabase;
import org.irisgraph.linked.LinkedGraph;
import org.irisgraph.linked.NodeVectors;
import org.irisgraph.llmcache.CompletionCacheTables;
import org.irisgraph.llmcache.DatabaseCompletionCache;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.EmbeddingPlan;
import org.irisgraph.plan.RunPlan;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes and stores the vectors of the nodes that are published to iris-vector-graph. Each
 * portion is committed, so that a process may be killed at any moment, and the next one goes on.
 */
public final class NodeEmbedding {

  private static final Logger LOG = LoggerFactory.getLogger(NodeEmbedding.class);

  private static final long PROGRESS_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final LinkedGraph graph;
  private final EmbeddingSource source;
  private final WorkerDatabase database;
  private final CompletionCache cache;

  private NodeEmbedding(
      LinkedGraph graph, EmbeddingSource source, WorkerDatabase database, CompletionCache cache) {
    this.graph = graph;
    this.source = source;
    this.database = database;
    this.cache = cache;
  }

  /**
   * Stores the vectors that are missing, of another name or of another model, if the options
   * publish the graph.
   *
   * @param source the model, with its dimension
   * @param runId the run that the calls of an endpoint are counted for; null to count none
   * @param stopped whether to leave the rest to the next run
   * @return how many rows were written
   */
  public static long run(
      IndexingOptions options,
      EmbeddingSource source,
      @Nullable String runId,
      BooleanSupplier stopped)
      throws StoreException, ModelException, InterruptedException {
    Optional<LinkedGraph> graph = RunPlan.linkedGraph(options);
    if (options.getGraphSchema() == null || graph.isEmpty()) {
      return 0;
    }
    WorkerDatabase database =
        new WorkerDatabase(
            RunPlan.connection(options), Duration.standardSeconds(options.getRetrySeconds()));
    database.open();
    try {
      CompletionCache cache =
          runId == null || !EmbeddingPlan.isAsked(options)
              ? CompletionCache.NONE
              : new DatabaseCompletionCache(
                  new CompletionCacheTables(options.getLedgerSchema()),
                  database.get(),
                  runId,
                  database.retryFor());
      return new NodeEmbedding(graph.get(), source, database, cache).run(stopped);
    } finally {
      database.close();
    }
  }

  private long run(BooleanSupplier stopped)
      throws StoreException, ModelException, InterruptedException {
    NodeVectors vectors =
        database.transactions(connection -> graph.vectors(connection, source.identity()));
    if (!vectors.areStorable()) {
      LOG.warn("the vectors of nodes are not published: no table kg_NodeEmbeddings takes them");
      return 0;
    }
    long written = 0;
    long logged = System.nanoTime();
    Failures failures = new Failures();
    String after = NodeVectors.START;
    // Opened for the first name: most runs need no model here.
    EmbeddingModel model = null;
    try {
      while (!after.isEmpty() && !stopped.getAsBoolean()) {
        String from = after;
        NodeVectors.Portion portion = database.query(connection -> vectors.next(connection, from));
        if (!portion.names().isEmpty()) {
          model = model == null ? source.open(cache, true) : model;
          Map<String, Embedding> computed =
              failures.without(model.embed(new TreeSet<>(portion.names().values()), stopped));
          written +=
              database.transactions(connection -> vectors.store(connection, portion, computed));
        }
        after = portion.last();
        if (System.nanoTime() - logged > PROGRESS_NANOS) {
          logged = System.nanoTime();
          LOG.info("published the vectors of nodes: {} so far", written);
        }
      }
    } finally {
      if (model != null) {
        model.close();
      }
    }
    failures.log();
    LOG.info("published the vectors of nodes: {} are new or changed", written);
    return written;
  }

  /** The names that the model does not embed; the next run tries them again. */
  private static final class Failures {
    private long count;
    private @Nullable String first;

    Map<String, Embedding> without(Map<String, TextVector> results) {
      Map<String, Embedding> vectors = new HashMap<>();
      results.forEach(
          (name, result) -> {
            Failure failure = result.failure();
            if (result.vector() != null) {
              vectors.put(name, result.vector());
            } else if (failure != null) {
              count++;
              first = first == null ? failure.message() + " (" + failure.code() + ")" : first;
            }
          });
      return vectors;
    }

    void log() {
      if (count > 0) {
        LOG.warn(
            "the model gives no vectors of the names of {} nodes; the first: {}", count, first);
      }
    }
  }
}

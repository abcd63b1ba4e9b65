package org.irisgraph.pipeline;

import java.util.List;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.WorkerDatabase;
import org.irisgraph.linked.CorrectedRows;
import org.irisgraph.linked.GraphPortion;
import org.irisgraph.linked.LinkedGraph;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.RunPlan;
import org.joda.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the linked graph up to date once documents are stored: one worker does what few changes
 * need, all workers sum up portions of the nodes after many. Each portion is a transaction of its
 * own and may be repeated, so that a job may be killed at any moment, and the next one goes on.
 *
 * <p>The input is one element, which says that the documents are stored; the output is one element
 * at the end.
 */
public final class LinkGraph extends PTransform<PCollection<Long>, PCollection<Long>> {

  private static final Logger LOG = LoggerFactory.getLogger(LinkGraph.class);

  private static final TupleTag<GraphPortion> PORTIONS = new TupleTag<>() {};
  private static final TupleTag<LinkedGraph.Rebuild> REBUILD = new TupleTag<>() {};

  private final WorkerDatabase database;
  private final int portion;

  /** For the database of a run. */
  public LinkGraph(RunPlan plan) {
    this(plan, LinkedGraph.ENTITIES);
  }

  /** In portions of about so many entities. */
  LinkGraph(RunPlan plan, int portion) {
    this.database =
        new WorkerDatabase(
            plan.connection(), Duration.standardSeconds(plan.options().getRetrySeconds()));
    this.portion = portion;
  }

  @Override
  public PCollection<Long> expand(PCollection<Long> stored) {
    PCollectionTuple begun =
        stored.apply(
            "Begin",
            ParDo.of(new BeginFn(database, portion))
                .withOutputTags(PORTIONS, TupleTagList.of(REBUILD)));
    PCollection<Integer> corrected =
        begun
            .get(PORTIONS)
            .setCoder(SerializableCoder.of(GraphPortion.class))
            .apply("Spread", Reshuffle.viaRandomKey())
            .apply("Correct", ParDo.of(new CorrectFn(database)));
    return begun
        .get(REBUILD)
        .setCoder(SerializableCoder.of(LinkedGraph.Rebuild.class))
        .apply("AfterAll", Wait.on(corrected))
        .apply("End", ParDo.of(new EndFn(database)))
        .apply("Count", Count.globally());
  }

  abstract static class GraphFn<A, B> extends DoFn<A, B> {
    final WorkerDatabase database;

    GraphFn(WorkerDatabase database) {
      this.database = database;
    }

    @Setup
    public final void setup() {
      database.open();
    }

    @Teardown
    public final void teardown() {
      database.close();
    }

    static LinkedGraph graph(PipelineOptions options) {
      return RunPlan.linkedGraph(options.as(IndexingOptions.class)).orElseThrow();
    }
  }

  private static final class BeginFn extends GraphFn<Long, GraphPortion> {
    private final int portion;

    BeginFn(WorkerDatabase database, int portion) {
      super(database);
      this.portion = portion;
    }

    @ProcessElement
    public void processElement(PipelineOptions options, MultiOutputReceiver output)
        throws StoreException, InterruptedException {
      LinkedGraph graph = graph(options).inPortionsOf(portion);
      List<LinkedGraph.Rebuild> begun =
          database.transactions(
              connection -> {
                if (graph.needsRebuild(connection)) {
                  return List.of(graph.begin(connection));
                }
                CorrectedRows corrected = graph.update(connection);
                LinkingCounters.count(corrected);
                LOG.info("linked the entities of documents: {}", corrected);
                return List.of();
              });
      for (LinkedGraph.Rebuild rebuild : begun) {
        LOG.info("links the entities of documents in {} portions", rebuild.portions().size());
        rebuild.portions().forEach(output.get(PORTIONS)::output);
        output.get(REBUILD).output(rebuild);
      }
    }
  }

  private static final class CorrectFn extends GraphFn<GraphPortion, Integer> {
    CorrectFn(WorkerDatabase database) {
      super(database);
    }

    @ProcessElement
    public void processElement(@Element GraphPortion portion, PipelineOptions options)
        throws StoreException, InterruptedException {
      LinkedGraph graph = graph(options);
      LinkingCounters.count(
          database.transactions(connection -> graph.correct(connection, portion)));
    }
  }

  private static final class EndFn extends GraphFn<LinkedGraph.Rebuild, Integer> {
    EndFn(WorkerDatabase database) {
      super(database);
    }

    @ProcessElement
    public void processElement(@Element LinkedGraph.Rebuild rebuild, PipelineOptions options)
        throws StoreException, InterruptedException {
      LinkedGraph graph = graph(options);
      LinkingCounters.count(database.transactions(connection -> graph.end(connection, rebuild)));
    }
  }
}

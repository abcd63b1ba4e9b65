package org.irisgraph.source;

import java.util.List;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.table.KeyRange;
import org.irisgraph.table.TableSource;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads the documents of a table or a query, as {@link ReadDocuments} reads those of files. The ids
 * are read once, in order, to cut the table into ranges, which are spread over the workers.
 */
public final class ReadTable extends PTransform<PBegin, PCollectionTuple> {

  private final TableSource table;
  private final @Nullable List<KeyRange> ranges;
  private final String runId;
  private final Duration retryFor;
  private final int buckets;

  /** Reads all rows. */
  public static ReadTable all(RunPlan plan) {
    return new ReadTable(plan, null);
  }

  /** Reads the rows of some ranges. */
  public static ReadTable some(RunPlan plan, List<KeyRange> ranges) {
    return new ReadTable(plan, List.copyOf(ranges));
  }

  private ReadTable(RunPlan plan, @Nullable List<KeyRange> ranges) {
    this.table = plan.table().orElseThrow();
    this.ranges = ranges;
    this.runId = plan.ledger().runId();
    this.retryFor = Duration.standardSeconds(plan.options().getRetrySeconds());
    this.buckets = plan.buckets();
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    PCollectionTuple read =
        ranges(begin)
            .setCoder(SerializableCoder.of(KeyRange.class))
            .apply("SpreadRanges", Reshuffle.<KeyRange>viaRandomKey().withNumBuckets(buckets))
            .apply(
                "ReadRanges",
                ParDo.of(
                        new ReadRangesFn(
                            table,
                            retryFor,
                            runId,
                            ReadDocuments.DOCUMENTS,
                            ReadDocuments.UNREADABLE))
                    .withOutputTags(
                        ReadDocuments.DOCUMENTS, TupleTagList.of(ReadDocuments.UNREADABLE)));
    return PCollectionTuple.of(
            ReadDocuments.DOCUMENTS,
            read.get(ReadDocuments.DOCUMENTS).setCoder(new HashedDocumentCoder()))
        .and(
            ReadDocuments.UNREADABLE,
            read.get(ReadDocuments.UNREADABLE).setCoder(new DocumentGraphCoder()));
  }

  private PCollection<KeyRange> ranges(PBegin begin) {
    return ranges != null
        ? begin.apply(
            "NamedRanges", Create.of(ranges).withCoder(SerializableCoder.of(KeyRange.class)))
        : begin
            .apply(Create.of(table.name()))
            .apply("FindRanges", ParDo.of(new FindRangesFn(table, retryFor)));
  }
}

package org.irisgraph.source;

import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.WorkerDatabase;
import org.irisgraph.runner.LocalWork;
import org.irisgraph.runner.StopRequests;
import org.irisgraph.table.KeyRange;
import org.irisgraph.table.RangeReader;
import org.irisgraph.table.TableSource;
import org.joda.time.Duration;

/** Reads the documents of ranges of a table and reports the rows without one. */
final class ReadRangesFn extends DoFn<KeyRange, HashedDocument> {

  private final TableSource table;
  private final WorkerDatabase database;
  private final String runId;
  private final TupleTag<HashedDocument> documents;
  private final TupleTag<DocumentGraph> unreadable;
  private final Counter read = DocumentCounters.of("read");
  private final Counter reading = DocumentCounters.of(ReadingTime.NAME);

  ReadRangesFn(
      TableSource table,
      Duration retryFor,
      String runId,
      TupleTag<HashedDocument> documents,
      TupleTag<DocumentGraph> unreadable) {
    this.table = table;
    this.database = new WorkerDatabase(table.connection(), retryFor);
    this.runId = runId;
    this.documents = documents;
    this.unreadable = unreadable;
  }

  @Setup
  public void setup() {
    database.open();
  }

  @ProcessElement
  public void processElement(@Element KeyRange range, MultiOutputReceiver output)
      throws StoreException, InterruptedException {
    LocalWork work = LocalWork.of(runId);
    OutputReceiver<HashedDocument> found = output.get(documents);
    try (ReadingTime time = new ReadingTime(reading)) {
      new RangeReader(table, database.get(), database.retryFor())
          .read(
              range,
              new OutputSink(
                  document -> {
                    read.inc();
                    work.addRead();
                    HashedDocument hashed = HashedDocument.of(document);
                    time.output(() -> found.output(hashed));
                  },
                  output.get(unreadable)),
              () -> StopRequests.contains(runId));
    }
  }

  @Teardown
  public void teardown() {
    database.close();
  }
}

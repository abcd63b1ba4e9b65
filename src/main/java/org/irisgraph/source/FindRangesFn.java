package org.irisgraph.source;

import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.WorkerDatabase;
import org.irisgraph.table.KeyRange;
import org.irisgraph.table.RangeReader;
import org.irisgraph.table.TableSource;
import org.joda.time.Duration;

/** Cuts a table or a query into ranges of its ids. */
public final class FindRangesFn extends DoFn<String, KeyRange> {

  /** The rows that a worker processes before it takes the next range. */
  private static final int ROWS_OF_A_RANGE = 100;

  private static final int RANGES_OF_A_TABLE = 2000;

  /** Few, since a query may cost as much for one range as for all rows. */
  private static final int RANGES_OF_A_QUERY = 100;

  private final TableSource table;
  private final WorkerDatabase database;

  FindRangesFn(TableSource table, Duration retryFor) {
    this.table = table;
    this.database = new WorkerDatabase(table.connection(), retryFor);
  }

  @Setup
  public void setup() {
    database.open();
  }

  @ProcessElement
  public void processElement(OutputReceiver<KeyRange> output)
      throws StoreException, InterruptedException {
    ranges(new RangeReader(table, database.get(), database.retryFor()), table)
        .forEach(output::output);
  }

  /** Computes the ranges in which a table or query is read. */
  public static List<KeyRange> ranges(RangeReader reader, TableSource table)
      throws StoreException, InterruptedException {
    return reader.ranges(ROWS_OF_A_RANGE, table.isQuery() ? RANGES_OF_A_QUERY : RANGES_OF_A_TABLE);
  }

  @Teardown
  public void teardown() {
    database.close();
  }
}

package org.irisgraph.iris;

import java.util.Set;
import org.irisgraph.iris.batch.BatchWriter;
import org.irisgraph.iris.batch.WritePlan;
import org.irisgraph.iris.spec.OnBadRow;
import org.irisgraph.iris.spec.StorageMode;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.iris.spec.WriteStatements;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.RetryPolicy;
import org.joda.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Gives each test of the sink a database with the tables of a parcel. */
abstract class SinkContract {

  /** Longer than IRIS waits for a lock, which is 10 seconds. */
  private static final Duration RETRY_FOR = Duration.standardMinutes(1);

  private Database database;
  TestTarget target;

  /** A database, which the test closes; it may lose what is in its schema T. */
  abstract TestTarget open() throws Exception;

  @BeforeEach
  void createTables() throws Exception {
    target = open();
    target.clearSchema("T");
    target.execute(Parcel.tables());
    database = Database.acquire(target.settings());
  }

  @AfterEach
  void closeDatabase() throws Exception {
    if (database != null) {
      database.close();
    }
    if (target != null) {
      target.close();
    }
  }

  BatchWriter<Parcel> writer(int batchRows, StorageMode mode, OnBadRow onBadRow) {
    return writer(WriteMode.UPSERT, batchRows, mode, onBadRow);
  }

  BatchWriter<Parcel> writer(
      WriteMode writeMode, int batchRows, StorageMode mode, OnBadRow onBadRow) {
    return new BatchWriter<>(
        database,
        WritePlan.<Parcel>builder()
            .setTables(Parcel.writes(target.schema("T")))
            .setElementKey(Parcel::id)
            .setBatchRows(batchRows)
            .setStorageMode(mode)
            .setOnBadRow(onBadRow)
            .setStatements(new WriteStatements(writeMode, Set.of()))
            .build(),
        new RetryPolicy(RETRY_FOR));
  }

  BatchWriter<Parcel> writer() {
    return writer(1000, StorageMode.BATCH, OnBadRow.SKIP);
  }
}

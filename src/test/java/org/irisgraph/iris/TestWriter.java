package org.irisgraph.iris;

import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.irisgraph.iris.batch.BatchResult;
import org.irisgraph.iris.batch.BatchWriter;
import org.irisgraph.iris.batch.WritePlan;
import org.irisgraph.iris.spec.ChangeLog;
import org.irisgraph.iris.spec.LongText;
import org.irisgraph.iris.spec.OnBadRow;
import org.irisgraph.iris.spec.OutcomeTable;
import org.irisgraph.iris.spec.StorageMode;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.iris.spec.WriteStatements;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.RetryPolicy;
import org.irisgraph.jdbc.StoreException;
import org.joda.time.Duration;

/** Lets tests of other packages write batches without a pipeline. */
public final class TestWriter<T> implements AutoCloseable {

  private final Database database;
  private final WritePlan.Builder<T> plan;
  private BatchWriter<T> writer;

  /** Longer than it takes to connect again on a busy machine. */
  private Duration retryFor = Duration.standardMinutes(2);

  /** Writes batches of 1,000 rows with upserts, unless the methods below say otherwise. */
  public TestWriter(
      ConnectionSettings settings,
      List<TableWrite<T>> tables,
      OutcomeTable<T> outcomes,
      SerializableFunction<T, String> elementKey) {
    database = Database.acquire(settings);
    plan = WritePlan.<T>builder().setTables(tables).setOutcomes(outcomes).setElementKey(elementKey);
  }

  public TestWriter<T> withBatchRows(int batchRows) {
    plan.setBatchRows(batchRows);
    return this;
  }

  public TestWriter<T> withStorageMode(StorageMode storageMode) {
    plan.setStorageMode(storageMode);
    return this;
  }

  public TestWriter<T> withWriteMode(WriteMode writeMode) {
    plan.setStatements(new WriteStatements(writeMode, Set.of()));
    return this;
  }

  public TestWriter<T> withChangeLog(ChangeLog changes) {
    plan.setChangeLog(changes);
    return this;
  }

  public TestWriter<T> withOnBadRow(OnBadRow onBadRow) {
    plan.setOnBadRow(onBadRow);
    return this;
  }

  public TestWriter<T> withLongText(LongText longText) {
    plan.setLongText(longText);
    return this;
  }

  /** For an outage that does not end. */
  public TestWriter<T> withRetryFor(Duration duration) {
    retryFor = duration;
    return this;
  }

  public BatchResult<T> write(List<T> elements) throws StoreException, InterruptedException {
    if (writer == null) {
      writer = new BatchWriter<>(database, plan.build(), new RetryPolicy(retryFor));
    }
    return writer.write(elements);
  }

  @Override
  public void close() {
    database.close();
  }
}

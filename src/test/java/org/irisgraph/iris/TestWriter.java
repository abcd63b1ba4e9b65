package org.irisgraph.iris;

import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.RetryPolicy;
import org.irisgraph.jdbc.StoreException;
import org.joda.time.Duration;

/** Lets tests of other packages write a batch without a pipeline. */
public final class TestWriter<T> implements AutoCloseable {

  private final Database database;
  private final BatchWriter<T> writer;

  public TestWriter(
      ConnectionSettings settings,
      List<TableWrite<T>> tables,
      OutcomeTable<T> outcomes,
      SerializableFunction<T, String> elementKey,
      int batchRows) {
    this(settings, tables, outcomes, elementKey, batchRows, StorageMode.BATCH);
  }

  public TestWriter(
      ConnectionSettings settings,
      List<TableWrite<T>> tables,
      OutcomeTable<T> outcomes,
      SerializableFunction<T, String> elementKey,
      int batchRows,
      StorageMode storageMode) {
    this(
        settings,
        tables,
        outcomes,
        elementKey,
        batchRows,
        storageMode,
        WriteMode.UPSERT,
        LongText.STREAM);
  }

  public TestWriter(
      ConnectionSettings settings,
      List<TableWrite<T>> tables,
      OutcomeTable<T> outcomes,
      SerializableFunction<T, String> elementKey,
      int batchRows,
      StorageMode storageMode,
      WriteMode writeMode,
      LongText longText) {
    database = Database.acquire(settings);
    writer =
        new BatchWriter<>(
            database,
            WritePlan.<T>builder()
                .setTables(tables)
                .setOutcomes(outcomes)
                .setElementKey(elementKey)
                .setBatchRows(batchRows)
                .setStorageMode(storageMode)
                .setStatements(new WriteStatements(writeMode, Set.of()))
                .setLongText(longText)
                .build(),
            new RetryPolicy(Duration.millis(500)));
  }

  public BatchResult<T> write(List<T> elements) throws StoreException, InterruptedException {
    return writer.write(elements);
  }

  @Override
  public void close() {
    database.close();
  }
}

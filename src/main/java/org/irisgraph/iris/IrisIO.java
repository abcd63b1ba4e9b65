package org.irisgraph.iris;

import com.google.auto.value.AutoValue;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableBiFunction;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.irisgraph.iris.spec.ChangeLog;
import org.irisgraph.iris.spec.CommitGuard;
import org.irisgraph.iris.spec.LongText;
import org.irisgraph.iris.spec.OnBadRow;
import org.irisgraph.iris.spec.OutcomeTable;
import org.irisgraph.iris.spec.StopSignal;
import org.irisgraph.iris.spec.StorageMode;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.iris.spec.WriteStatements;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.IrisHint;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Writes to InterSystems IRIS, and to other databases with upserts, in large idempotent batches;
 * see the package for an example.
 */
public final class IrisIO {

  private IrisIO() {}

  /** Writes elements of type {@code T}: connection, tables and element key must be set. */
  public static <T> Write<T> write() {
    return new AutoValue_IrisIO_Write.Builder<T>()
        .setTables(List.of())
        .setBatchRows(1000)
        .setMaxBatchBytes(8_000_000)
        .setStorageMode(StorageMode.BATCH)
        .setOnBadRow(OnBadRow.SKIP)
        .setStatements(WriteStatements.UPSERTS)
        .setLongText(LongText.STREAM)
        .setRetryFor(Duration.standardMinutes(5))
        .setMaxRejectedShare(1.0)
        .setStopSignal(() -> false)
        .setCommitGuard(CommitGuard.NONE)
        .build();
  }

  /**
   * Writes Beam's rows to one table: the connection must be set, all else follows from the schema
   * of the input. Each field is written to the column of its name. The element key is the text of
   * the row's key, several columns joined by commas; a comma in a value follows a backslash.
   *
   * <p>Booleans, numbers, texts, bytes, DATETIME and logical types are stored, the latter as what
   * they are based on, times in UTC, enumerations and UUIDs as texts. A schema is refused when the
   * pipeline is constructed if it has a field of another type or whose name is no column's, or if a
   * key is missing or may be null.
   *
   * @param table the table, {@code SCHEMA.TABLE}
   * @param key the columns of its primary key
   */
  public static Write<Row> writeRows(String table, String... key) {
    return IrisIO.<Row>write().toBuilder()
        .setTables(List.of(TableWrite.into(table)))
        .setBySchema(new RowTable(table, List.of(key))::complete)
        .build();
  }

  /** The transform of {@link #write} and {@link #writeRows}. */
  @AutoValue
  public abstract static class Write<T> extends PTransform<PCollection<T>, WriteResult<T>> {

    abstract @Nullable ConnectionSettings connection();

    abstract List<TableWrite<T>> tables();

    /** Sets what depends on the schema of the input; null if nothing does. */
    abstract @Nullable SerializableBiFunction<Write<T>, PCollection<T>, Write<T>> bySchema();

    abstract @Nullable OutcomeTable<T> outcomes();

    abstract @Nullable SerializableFunction<T, String> elementKey();

    abstract @Nullable SerializableFunction<T, Integer> elementRows();

    abstract @Nullable SerializableFunction<T, Long> elementBytes();

    abstract int batchRows();

    abstract long maxBatchBytes();

    abstract @Nullable ShardKeys shards();

    abstract @Nullable Duration maxBufferingDuration();

    abstract StorageMode storageMode();

    abstract OnBadRow onBadRow();

    abstract WriteStatements statements();

    abstract LongText longText();

    abstract Duration retryFor();

    abstract double maxRejectedShare();

    abstract StopSignal stopSignal();

    abstract CommitGuard commitGuard();

    abstract @Nullable ChangeLog changeLog();

    abstract Builder<T> toBuilder();

    @AutoValue.Builder
    abstract static class Builder<T> {
      abstract Builder<T> setConnection(ConnectionSettings connection);

      abstract Builder<T> setTables(List<TableWrite<T>> tables);

      abstract Builder<T> setBySchema(
          @Nullable SerializableBiFunction<Write<T>, PCollection<T>, Write<T>> complete);

      abstract Builder<T> setOutcomes(@Nullable OutcomeTable<T> outcomes);

      abstract Builder<T> setElementKey(SerializableFunction<T, String> elementKey);

      abstract Builder<T> setElementRows(SerializableFunction<T, Integer> elementRows);

      abstract Builder<T> setElementBytes(SerializableFunction<T, Long> elementBytes);

      abstract Builder<T> setBatchRows(int batchRows);

      abstract Builder<T> setMaxBatchBytes(long maxBatchBytes);

      abstract Builder<T> setShards(ShardKeys shards);

      abstract Builder<T> setMaxBufferingDuration(Duration duration);

      abstract Builder<T> setStorageMode(StorageMode storageMode);

      abstract Builder<T> setOnBadRow(OnBadRow onBadRow);

      abstract Builder<T> setStatements(WriteStatements statements);

      abstract Builder<T> setLongText(LongText longText);

      abstract Builder<T> setRetryFor(Duration duration);

      abstract Builder<T> setMaxRejectedShare(double share);

      abstract Builder<T> setStopSignal(StopSignal signal);

      abstract Builder<T> setCommitGuard(CommitGuard guard);

      abstract Builder<T> setChangeLog(ChangeLog changes);

      abstract Write<T> build();
    }

    /**
     * The database.
     *
     * @throws IllegalArgumentException if it is none of IRIS, PostgreSQL and H2
     */
    public Write<T> withConnection(ConnectionSettings connection) {
      connection.dialect();
      return toBuilder().setConnection(connection).build();
    }

    /** The tables, which must exist, in foreign-key order, referenced tables first. */
    public Write<T> withTables(List<TableWrite<T>> tables) {
      if (tables.isEmpty()) {
        throw new IllegalArgumentException("at least one table is needed");
      }
      for (int i = 0; i < tables.size(); i++) {
        tables.get(i).checkAfter(tables.subList(0, i));
      }
      return toBuilder().setBySchema(null).setTables(List.copyOf(tables)).build();
    }

    /** The table that decides about each element and records its outcome. */
    public Write<T> withOutcomes(OutcomeTable<T> outcomes) {
      return toBuilder().setOutcomes(outcomes).build();
    }

    /**
     * The key of an element, which the owner column of its rows contains. Elements with the same
     * key go to one shard and are written one after the other; a later one replaces an earlier one.
     */
    public Write<T> withElementKey(SerializableFunction<T, String> elementKey) {
      return toBuilder().setElementKey(elementKey).build();
    }

    /**
     * A cheap estimate of the largest number of rows that an element has in one table; by default
     * the rows are made and counted.
     */
    public Write<T> withElementRows(SerializableFunction<T, Integer> elementRows) {
      return toBuilder().setElementRows(elementRows).build();
    }

    /** The approximate size of an element in bytes, so that long texts do not fill the memory. */
    public Write<T> withElementBytes(SerializableFunction<T, Long> elementBytes) {
      return toBuilder().setElementBytes(elementBytes).build();
    }

    /**
     * The maximum number of rows of one table in one transaction, 1 to 10,000, by default 1,000;
     * IRIS locks the table from 1,001 on.
     */
    public Write<T> withBatchRows(int batchRows) {
      if (batchRows < 1 || batchRows > 10_000) {
        throw new IllegalArgumentException("batchRows must be between 1 and 10000");
      }
      return toBuilder().setBatchRows(batchRows).build();
    }

    /** The maximum bytes of a batch, see {@link #withElementBytes}; by default 8 MB. */
    public Write<T> withMaxBatchBytes(long maxBatchBytes) {
      if (maxBatchBytes < 1) {
        throw new IllegalArgumentException("maxBatchBytes must be at least 1");
      }
      return toBuilder().setMaxBatchBytes(maxBatchBytes).build();
    }

    /** The number of shards, which are batched in parallel; by default four times the writers. */
    public Write<T> withShards(int shards) {
      return toBuilder().setShards(ShardKeys.of(shards)).build();
    }

    /**
     * Explicit shard keys, for a caller that knows how the runner distributes keys.
     *
     * @param numbers one key for each shard, all different
     */
    public Write<T> withShards(List<Integer> numbers) {
      return toBuilder().setShards(new ShardKeys(numbers)).build();
    }

    /** How long an element of unbounded input waits for a full batch; by default without limit. */
    public Write<T> withMaxBufferingDuration(Duration duration) {
      return toBuilder()
          .setMaxBufferingDuration(notNegative("maxBufferingDuration", duration))
          .build();
    }

    /** Whether to store in batches or, as a baseline, row by row. */
    public Write<T> withStorageMode(StorageMode storageMode) {
      return toBuilder().setStorageMode(storageMode).build();
    }

    /** What to do with a row that cannot be stored; by default it is skipped. */
    public Write<T> withOnBadRow(OnBadRow onBadRow) {
      return toBuilder().setOnBadRow(onBadRow).build();
    }

    /**
     * The statement for new rows, and its hints; see {@link IrisHint} for privileges and dangers.
     * With {@link IrisHint#NOCHECK} or {@link IrisHint#NOINDEX} the tables must be empty at first,
     * and an outcome table must decide which elements are new. With the latter the caller builds
     * the indexes afterwards ({@link Dialect#buildIndexes}), even if the pipeline fails.
     */
    public Write<T> withWriteMode(WriteMode mode, IrisHint... hints) {
      return toBuilder().setStatements(new WriteStatements(mode, Set.of(hints))).build();
    }

    /** What to do with a text that exceeds a string of IRIS; by default it is sent as a stream. */
    public Write<T> withLongText(LongText longText) {
      return toBuilder().setLongText(longText).build();
    }

    /** How long to retry before the bundle fails in an outage; by default 5 minutes. */
    public Write<T> withRetryFor(Duration duration) {
      return toBuilder().setRetryFor(notNegative("retryFor", duration)).build();
    }

    private static Duration notNegative(String option, Duration duration) {
      if (duration.getMillis() < 0) {
        throw new IllegalArgumentException(option + " must not be negative");
      }
      return duration;
    }

    /**
     * The share of elements, from 0 to 1, that may be rejected or lose most of their rows. If it is
     * exceeded after 500 elements of a worker, the write fails, so that wrong columns do not reject
     * a whole corpus. By default 1: never.
     */
    public Write<T> withMaxRejectedShare(double share) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("maxRejectedShare must be between 0 and 1");
      }
      return toBuilder().setMaxRejectedShare(share).build();
    }

    /**
     * The signal to end the pipeline early: once it is raised, elements that are not being written
     * yet are skipped, neither committed nor rejected. By default it is never raised.
     */
    public Write<T> withStopSignal(StopSignal signal) {
      return toBuilder().setStopSignal(signal).build();
    }

    /** The guard that is verified before each commit; by default none. */
    public Write<T> withCommitGuard(CommitGuard guard) {
      return toBuilder().setCommitGuard(guard).build();
    }

    /** Where changed elements are recorded, in the transaction that changes them. */
    public Write<T> withChangeLog(ChangeLog changes) {
      return toBuilder().setChangeLog(changes).build();
    }

    @Override
    public WriteResult<T> expand(PCollection<T> input) {
      SerializableBiFunction<Write<T>, PCollection<T>, Write<T>> bySchema = bySchema();
      if (bySchema != null) {
        return bySchema.apply(this, input).expand(input);
      }
      ConnectionSettings connection = connection();
      SerializableFunction<T, String> elementKey = elementKey();
      if (connection == null || tables().isEmpty() || elementKey == null) {
        throw new IllegalArgumentException(
            "withConnection, withTables and withElementKey are required");
      }
      statements().check(connection.dialect(), outcomes());
      return WriteSteps.apply(this, connection, elementKey, input);
    }

    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      super.populateDisplayData(builder);
      ConnectionSettings connection = connection();
      if (connection != null) {
        builder.add(DisplayData.item("jdbcUrl", connection.jdbcUrl()).withLabel("Database"));
      }
      builder.add(
          DisplayData.item("tables", tables().stream().map(TableWrite::table).toList().toString())
              .withLabel("Tables"));
      builder.add(DisplayData.item("batchRows", batchRows()).withLabel("Rows per transaction"));
      builder.add(DisplayData.item("storageMode", storageMode().name()).withLabel("Storage mode"));
      builder.add(DisplayData.item("writeMode", statements().toString()).withLabel("Write mode"));
      builder.add(
          DisplayData.item("longText", longText().name()).withLabel("Texts beyond a string"));
      builder.add(DisplayData.item("onBadRow", onBadRow().name()).withLabel("On a bad row"));
      builder.add(DisplayData.item("retryFor", retryFor()).withLabel("Retries"));
    }
  }
}

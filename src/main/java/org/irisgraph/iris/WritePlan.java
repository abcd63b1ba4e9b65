package org.irisgraph.iris;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.jspecify.annotations.Nullable;

/** How a {@link BatchWriter} writes its elements. */
@AutoValue
abstract class WritePlan<T> implements Serializable {

  /** The tables in foreign-key order, referenced tables first. */
  abstract List<TableWrite<T>> tables();

  abstract @Nullable OutcomeTable<T> outcomes();

  /** The key by which an element owns its rows. */
  abstract SerializableFunction<T, String> elementKey();

  /** The maximum number of rows of one table in one transaction. */
  abstract int batchRows();

  abstract StorageMode storageMode();

  abstract OnBadRow onBadRow();

  abstract WriteStatements statements();

  abstract LongText longText();

  /** The guard that is verified before each commit. */
  abstract CommitGuard guard();

  abstract @Nullable ChangeLog changeLog();

  /** A plan that upserts batches of 1,000 rows, skips bad rows and has no guard. */
  static <T> Builder<T> builder() {
    return new AutoValue_WritePlan.Builder<T>()
        .setBatchRows(1000)
        .setStorageMode(StorageMode.BATCH)
        .setOnBadRow(OnBadRow.SKIP)
        .setStatements(WriteStatements.UPSERTS)
        .setLongText(LongText.STREAM)
        .setGuard(CommitGuard.NONE);
  }

  @AutoValue.Builder
  abstract static class Builder<T> {
    abstract Builder<T> setTables(List<TableWrite<T>> tables);

    abstract Builder<T> setOutcomes(@Nullable OutcomeTable<T> outcomes);

    abstract Builder<T> setElementKey(SerializableFunction<T, String> elementKey);

    abstract Builder<T> setBatchRows(int batchRows);

    abstract Builder<T> setStorageMode(StorageMode storageMode);

    abstract Builder<T> setOnBadRow(OnBadRow onBadRow);

    abstract Builder<T> setStatements(WriteStatements statements);

    abstract Builder<T> setLongText(LongText longText);

    abstract Builder<T> setGuard(CommitGuard guard);

    abstract Builder<T> setChangeLog(@Nullable ChangeLog changes);

    abstract WritePlan<T> build();
  }

  /** The columns to set to null beside new content. */
  Optional<DerivedColumns> derived() {
    OutcomeTable<T> outcomes = outcomes();
    return outcomes == null ? Optional.empty() : outcomes.derived();
  }

  /** The names of all tables that are written. */
  Set<String> tableNames() {
    Set<String> names = new LinkedHashSet<>();
    tables().forEach(table -> names.add(table.table()));
    OutcomeTable<T> outcomes = outcomes();
    if (outcomes != null) {
      names.add(outcomes.table());
    }
    derived().ifPresent(columns -> names.add(columns.table()));
    return names;
  }

  /** The largest number of rows that an element has in one table, at least 1. */
  int weight(T element) {
    int most = 1;
    for (TableWrite<T> table : tables()) {
      most = Math.max(most, table.rows().apply(element).size());
    }
    return most;
  }
}

package org.irisgraph.iris.batch;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.irisgraph.iris.spec.ChangeLog;
import org.irisgraph.iris.spec.CommitGuard;
import org.irisgraph.iris.spec.DerivedColumns;
import org.irisgraph.iris.spec.LongText;
import org.irisgraph.iris.spec.OnBadRow;
import org.irisgraph.iris.spec.OutcomeTable;
import org.irisgraph.iris.spec.StorageMode;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.iris.spec.WriteStatements;
import org.jspecify.annotations.Nullable;

/** How a {@link BatchWriter} writes its elements. */
@AutoValue
public abstract class WritePlan<T> implements Serializable {

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
  public abstract CommitGuard guard();

  abstract @Nullable ChangeLog changeLog();

  /** A plan that upserts batches of 1,000 rows, skips bad rows and has no guard. */
  public static <T> Builder<T> builder() {
    return new AutoValue_WritePlan.Builder<T>()
        .setBatchRows(1000)
        .setStorageMode(StorageMode.BATCH)
        .setOnBadRow(OnBadRow.SKIP)
        .setStatements(WriteStatements.UPSERTS)
        .setLongText(LongText.STREAM)
        .setGuard(CommitGuard.NONE);
  }

  @AutoValue.Builder
  public abstract static class Builder<T> {
    public abstract Builder<T> setTables(List<TableWrite<T>> tables);

    public abstract Builder<T> setOutcomes(@Nullable OutcomeTable<T> outcomes);

    public abstract Builder<T> setElementKey(SerializableFunction<T, String> elementKey);

    public abstract Builder<T> setBatchRows(int batchRows);

    public abstract Builder<T> setStorageMode(StorageMode storageMode);

    public abstract Builder<T> setOnBadRow(OnBadRow onBadRow);

    public abstract Builder<T> setStatements(WriteStatements statements);

    public abstract Builder<T> setLongText(LongText longText);

    public abstract Builder<T> setGuard(CommitGuard guard);

    public abstract Builder<T> setChangeLog(@Nullable ChangeLog changes);

    public abstract WritePlan<T> build();
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
  public int weight(T element) {
    int most = 1;
    for (TableWrite<T> table : tables()) {
      most = Math.max(most, table.rows().apply(element).size());
    }
    return most;
  }
}

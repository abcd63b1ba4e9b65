package org.irisgraph.iris;

import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.transforms.SerializableFunction;

/**
 * What a {@link BatchWriter} does with its elements.
 *
 * @param tables in foreign-key order: what is referred to comes first
 * @param outcomes the outcome table, or null
 * @param elementKey the key by which an element owns its rows
 * @param batchRows the most rows of one table in one transaction
 * @param guard asked before each commit
 */
record WritePlan<T>(
    List<TableWrite<T>> tables,
    OutcomeTable<T> outcomes,
    SerializableFunction<T, String> elementKey,
    int batchRows,
    StorageMode storageMode,
    OnBadRow onBadRow,
    WriteStatements statements,
    CommitGuard guard)
    implements Serializable {

  /** With upserts that nobody guards. */
  WritePlan(
      List<TableWrite<T>> tables,
      OutcomeTable<T> outcomes,
      SerializableFunction<T, String> elementKey,
      int batchRows,
      StorageMode storageMode,
      OnBadRow onBadRow) {
    this(
        tables,
        outcomes,
        elementKey,
        batchRows,
        storageMode,
        onBadRow,
        WriteStatements.UPSERTS,
        CommitGuard.NONE);
  }

  /** The most rows that an element has in one table, at least 1. */
  int weight(T element) {
    int most = 1;
    for (TableWrite<T> table : tables) {
      most = Math.max(most, table.rows().apply(element).size());
    }
    return most;
  }
}

package org.irisgraph.iris;

import java.io.Serializable;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.irisgraph.iris.batch.WritePlan;
import org.jspecify.annotations.Nullable;

/**
 * The weight of an element in rows: {@code max(rows, bytes × batchRows / maxBatchBytes)}, so that a
 * batch is full at {@code batchRows} rows or {@code maxBatchBytes} bytes, whichever comes first.
 */
record Weigher<T>(
    WritePlan<T> plan,
    @Nullable SerializableFunction<T, Integer> elementRows,
    @Nullable SerializableFunction<T, Long> elementBytes,
    int batchRows,
    long maxBatchBytes)
    implements Serializable {

  long weigh(T element) {
    long rows =
        elementRows == null ? plan.weight(element) : Math.max(1, elementRows.apply(element));
    long bytes = elementBytes == null ? 0 : elementBytes.apply(element);
    return Math.max(rows, bytes * batchRows / maxBatchBytes);
  }
}

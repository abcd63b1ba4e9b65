package org.irisgraph.iris.batch;

import java.util.ArrayList;
import java.util.List;
import org.irisgraph.iris.spec.RejectedRow;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.jdbc.StoreException;

/** Selects the rows of one table that are neither rejected nor refer to a rejected row. */
final class StorableRows<T> {

  /** A {@link TableWrite.Reference} with the indexes of its column and of the other table. */
  private record Reference(String column, int position, String table, int otherTable) {}

  private final int table;
  private final List<Reference> references = new ArrayList<>();

  StorableRows(WritePlan<T> plan, int table) {
    this.table = table;
    TableWrite<T> write = plan.tables().get(table);
    List<String> names = plan.tables().stream().map(TableWrite::table).toList();
    for (TableWrite.Reference reference : write.references()) {
      int other = names.indexOf(reference.table());
      if (other < 0) {
        throw new IllegalArgumentException("no table " + reference.table() + " is written");
      }
      references.add(
          new Reference(
              reference.column(),
              write.columns().indexOf(reference.column()),
              reference.table(),
              other));
    }
  }

  /** Selects rows of a batch, sorted by key so that two writers do not deadlock. */
  List<PendingElement.PendingRow<T>> of(TransactionBatch<T> batch) throws StoreException.Stopped {
    List<PendingElement.PendingRow<T>> sorted = new ArrayList<>(batch.rows().get(table).size());
    for (PendingElement.PendingRow<T> row : batch.rows().get(table)) {
      if (row.element().isStored(row) && !rejectDangling(row)) {
        sorted.add(row);
      }
    }
    sorted.sort((row, other) -> row.id().compareTo(other.id()));
    return lastOfEachKey(sorted);
  }

  /** Keeps the later of two elements' rows with the same key. */
  private static <T> List<PendingElement.PendingRow<T>> lastOfEachKey(
      List<PendingElement.PendingRow<T>> sorted) {
    List<PendingElement.PendingRow<T>> last = new ArrayList<>(sorted.size());
    for (int i = 0; i < sorted.size(); i++) {
      if (i + 1 == sorted.size() || !sorted.get(i).id().equals(sorted.get(i + 1).id())) {
        last.add(sorted.get(i));
      }
    }
    return last;
  }

  /** Rejects a row that refers to a row that is not stored. */
  private boolean rejectDangling(PendingElement.PendingRow<T> row) throws StoreException.Stopped {
    for (Reference reference : references) {
      if (row.row().get(reference.position()) == null) {
        continue;
      }
      String target = row.row().key(reference.position());
      if (!row.element().isStored(reference.otherTable(), target)) {
        String why =
            row.element()
                .rejection(reference.otherTable(), target)
                .map(cause -> "was rejected: %s %s".formatted(cause.code(), cause.message()))
                .orElse("the element does not have in " + reference.table());
        row.reject(
            RejectedRow.Reason.REFERENCE,
            "REFERENCE",
            "%s refers to %s, which %s".formatted(reference.column(), target, why));
        return true;
      }
    }
    return false;
  }
}

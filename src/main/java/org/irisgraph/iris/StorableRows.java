package org.irisgraph.iris;

import java.util.ArrayList;
import java.util.List;
import org.irisgraph.jdbc.StoreException;

/** The rows of one table that may be stored: none that is rejected or refers to one that is. */
final class StorableRows<T> {

  /** A {@link TableWrite.Reference} with the places of its column and of the other table. */
  private record Reference(String column, int position, String table, int otherTable) {}

  private final BatchWriter<T> writer;
  private final int table;
  private final List<Reference> references = new ArrayList<>();

  StorableRows(BatchWriter<T> writer, WritePlan<T> plan, int table) {
    this.writer = writer;
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

  /** Those of a unit, sorted by key so that no two writers deadlock. */
  List<PendingElement.PendingRow<T>> of(TransactionBatch<T> unit) throws StoreException.Stopped {
    List<PendingElement.PendingRow<T>> sorted = new ArrayList<>(unit.rows().get(table).size());
    for (PendingElement.PendingRow<T> row : unit.rows().get(table)) {
      if (row.element().isStored(row) && !rejectDangling(row)) {
        sorted.add(row);
      }
    }
    sorted.sort((row, other) -> row.id().compareTo(other.id()));
    return lastOfEachKey(sorted);
  }

  /** Two elements may have a row with one key: the later counts. */
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
      Object target = row.row().get(reference.position());
      if (target != null
          && !row.element().isStored(reference.otherTable(), String.valueOf(target))) {
        RejectedRow cause = row.element().rejection(reference.otherTable(), String.valueOf(target));
        writer.reject(
            row,
            RejectedRow.Reason.REFERENCE,
            "REFERENCE",
            cause == null
                ? "%s refers to %s, which the element does not have in %s"
                    .formatted(reference.column(), target, reference.table())
                : "%s refers to %s, which was rejected: %s %s"
                    .formatted(reference.column(), target, cause.code(), cause.message()));
        return true;
      }
    }
    return false;
  }
}

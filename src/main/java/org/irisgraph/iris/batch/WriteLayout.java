package org.irisgraph.iris.batch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.irisgraph.base.ErrorText;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.iris.spec.WriteStatements;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TableShape;

/** Judges, before anything is written, whether a table has the columns that a write needs. */
public final class WriteLayout {

  private WriteLayout() {}

  /** The columns that a table does not have and that a write leaves out. */
  public static List<String> leftOut(TableShape shape, TableWrite<?> write) {
    return write.optionalColumns().stream().filter(column -> !shape.has(column)).toList();
  }

  /** Why a table that exists cannot be written; empty if it can. */
  public static Optional<String> problem(Dialect dialect, TableShape shape, TableWrite<?> write) {
    try {
      ResolvedPlan.statement(dialect, Map.of(shape.table(), shape), write, WriteStatements.UPSERTS);
      return Optional.empty();
    } catch (StoreException.Configuration e) {
      return Optional.of(ErrorText.of(e));
    }
  }
}

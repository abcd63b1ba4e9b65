package org.irisgraph.iris.batch;

import java.sql.Connection;
import java.sql.SQLException;
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

  /**
   * Requires tables that can be written.
   *
   * @throws StoreException.Configuration if one cannot
   */
  public static void require(
      Connection connection, Dialect dialect, List<? extends TableWrite<?>> writes)
      throws SQLException, StoreException.Configuration {
    for (TableWrite<?> write : writes) {
      Optional<String> problem =
          problem(dialect, TableShape.lookUp(connection, write.table()), write);
      if (problem.isPresent()) {
        throw new StoreException.Configuration(problem.get());
      }
    }
  }

  /** Why a table that exists cannot be written, and what to do; empty if it can. */
  public static Optional<String> problem(Dialect dialect, TableShape shape, TableWrite<?> write) {
    try {
      ResolvedPlan.statement(dialect, Map.of(shape.table(), shape), write, WriteStatements.UPSERTS);
      return Optional.empty();
    } catch (StoreException.Configuration e) {
      return Optional.of(ErrorText.of(e) + "; alter the table, or choose another schema");
    }
  }
}

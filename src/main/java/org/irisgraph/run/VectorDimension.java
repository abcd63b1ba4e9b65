package org.irisgraph.run;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.irisgraph.embed.EmbeddingSource;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.graph.PassageIds;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.TableShape;
import org.irisgraph.jdbc.VectorColumn;
import org.irisgraph.ledger.StoredFingerprints;
import org.irisgraph.options.Reindex;
import org.irisgraph.plan.RunPlan;

/** The numbers in the vectors of a run. */
final class VectorDimension {

  private VectorDimension() {}

  /**
   * That of the vectors that the run's model has computed before, else the model's own answer: a
   * run over an unchanged corpus need not ask a model for anything.
   */
  static int of(RunPlan plan, EmbeddingSource model, Connection connection)
      throws SQLException, ModelException, InterruptedException {
    Optional<Integer> stored =
        plan.options().getReindex() == Reindex.CHANGED
            ? stored(plan, connection)
            : Optional.empty();
    return stored.isPresent() ? stored.get() : model.dimension();
  }

  private static Optional<Integer> stored(RunPlan plan, Connection connection) throws SQLException {
    if (!TableShape.lookUp(connection, plan.ledger().table()).exists()) {
      return Optional.empty();
    }
    Optional<String> document = StoredFingerprints.madeAlike(connection, plan.ledger());
    Optional<VectorColumn> column =
        plan.connection()
            .dialect()
            .vectorColumn(connection, plan.tables().documents(), GraphTables.EMBEDDING);
    if (document.isEmpty() || column.isEmpty()) {
      return Optional.empty();
    }
    return column.get().dimension() > 0
        ? Optional.of(column.get().dimension())
        : ofVector(plan.tables().documents(), document.get(), connection);
  }

  /** Of a column that takes any: H2 and PostgreSQL count the numbers of an array. */
  private static Optional<Integer> ofVector(String table, String document, Connection connection)
      throws SQLException {
    for (Row row :
        KeyedRows.select(
            connection,
            table,
            List.of("CAST(CARDINALITY(%s) AS BIGINT)".formatted(GraphTables.EMBEDDING)),
            "doc_id",
            List.of(document, PassageIds.of(document, 0)))) {
      if (row.get(0) != null) {
        return Optional.of((int) row.number(0));
      }
    }
    return Optional.empty();
  }
}

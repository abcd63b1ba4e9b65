package org.irisgraph.iris.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.irisgraph.iris.spec.DerivedColumns;
import org.irisgraph.iris.spec.LongText;
import org.irisgraph.iris.spec.OutcomeTable;
import org.irisgraph.iris.spec.RowRule;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.iris.spec.WriteStatements;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TableShape;
import org.irisgraph.jdbc.VectorColumn;
import org.jspecify.annotations.Nullable;

/**
 * A plan with the statements for the tables of one database.
 *
 * @param upserts the upsert of each table, in the order of the plan
 * @param inserts the plain insert of each table
 * @param storable selects the rows of each table that can be stored
 * @param outcomeUpsert the upsert of the outcome table, null if there is none
 * @param derived the columns to set to null beside new content, null if there is none
 */
record ResolvedPlan<T>(
    WritePlan<T> plan,
    Dialect dialect,
    List<TableStatement> upserts,
    List<TableStatement> inserts,
    List<StorableRows<T>> storable,
    @Nullable TableStatement outcomeUpsert,
    @Nullable DerivedColumns derived) {

  /**
   * Makes the statements for the columns that the tables have.
   *
   * @param shapes the columns of all tables of {@link WritePlan#tableNames}
   * @throws StoreException.Configuration if a table, or a column that is needed, is missing
   */
  static <T> ResolvedPlan<T> of(WritePlan<T> plan, Dialect dialect, Map<String, TableShape> shapes)
      throws StoreException.Configuration {
    List<TableStatement> upserts = new ArrayList<>();
    for (TableWrite<T> table : plan.tables()) {
      upserts.add(statement(dialect, shapes, table, plan.statements()));
    }
    OutcomeTable<T> outcomes = plan.outcomes();
    TableStatement outcomeUpsert =
        outcomes == null
            ? null
            : TableStatement.of(
                dialect,
                shape(shapes, outcomes.table()),
                outcomes.columns(),
                List.of(),
                List.of(outcomes.key()),
                null,
                WriteStatements.UPSERTS);
    return new ResolvedPlan<>(
        plan,
        dialect,
        List.copyOf(upserts),
        upserts.stream().map(TableStatement::asInsert).toList(),
        IntStream.range(0, upserts.size())
            .mapToObj(table -> new StorableRows<>(plan, table))
            .toList(),
        outcomeUpsert,
        plan.derived().flatMap(columns -> columns.in(shape(shapes, columns.table()))).orElse(null));
  }

  /** The upserts of all tables, that of the outcome table last. */
  List<TableStatement> allUpserts() {
    if (outcomeUpsert == null) {
      return upserts;
    }
    List<TableStatement> all = new ArrayList<>(upserts);
    all.add(outcomeUpsert);
    return List.copyOf(all);
  }

  /**
   * The statement for a table.
   *
   * @throws StoreException.Configuration if the table, or a column that is needed, is missing
   */
  static TableStatement statement(
      Dialect dialect,
      Map<String, TableShape> shapes,
      TableWrite<?> table,
      WriteStatements statements)
      throws StoreException.Configuration {
    TableShape shape = shape(shapes, table.table());
    VectorColumn vector = table.vector();
    if (vector != null && table.updatesOnly()) {
      return TableStatement.update(shape, vector, table.key().get(0));
    }
    return TableStatement.of(
        dialect, shape, table.columns(), table.optionalColumns(), table.key(), vector, statements);
  }

  private static TableShape shape(Map<String, TableShape> shapes, String table) {
    TableShape shape = shapes.get(table);
    if (shape == null) {
      throw new IllegalArgumentException("the columns of %s are not known".formatted(table));
    }
    return shape;
  }

  private int maxText() {
    return plan.longText() == LongText.STRING ? dialect.maxStringLength() : Integer.MAX_VALUE;
  }

  /** Finds what a rule or a column forbids in a row. */
  Optional<RowRule.Violation> check(PendingElement.PendingRow<T> row) {
    Optional<RowRule.Violation> ofRule = plan.tables().get(row.table()).rule().check(row.row());
    return ofRule.isPresent() ? ofRule : upserts.get(row.table()).check(row.row(), maxText());
  }
}

package org.irisgraph.check;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.irisgraph.base.ErrorText;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graphrag.GraphSchemaTables;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.TargetTables;
import org.irisgraph.iris.batch.WriteLayout;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.RequiredTables;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TableDefinition;
import org.irisgraph.jdbc.TablePrivileges;
import org.irisgraph.jdbc.TableShape;
import org.irisgraph.jdbc.VectorColumn;
import org.irisgraph.options.Embeddings;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.run.RunTables;
import org.irisgraph.run.VectorIndexing;

/** Compares the tables of the database with those that a run writes. */
final class TableCheck {

  private static final String TOPIC = "tables";

  private final IndexingOptions options;
  private final Dialect dialect;
  private final OptionalInt dimension;
  private final TargetTables target;
  private final List<TableDefinition> needed;
  private final List<TableDefinition> former;
  private final RequiredTables required;
  private final Map<String, TableShape> shapes = new LinkedHashMap<>();

  /**
   * @param dimension the numbers in the vectors that a run stores; empty if it stores none, or if
   *     that is not known
   */
  TableCheck(IndexingOptions options, Dialect dialect, OptionalInt dimension) {
    this.options = options;
    this.dialect = dialect;
    this.dimension = dimension;
    TargetTables ofOptions = RunTables.target(options);
    this.target = dimension.isPresent() ? ofOptions.ofDimension(dimension.getAsInt()) : ofOptions;
    this.needed = RunTables.needed(options, target);
    this.former = RunTables.former(options);
    this.required = RunTables.required(options, target);
  }

  /** Returns whether the user may look into the tables. */
  boolean run(Connection connection, Consumer<Finding> findings) throws SQLException {
    Optional<String> unreadable = TablePrivileges.unreadable(connection, dialect, names(true));
    if (unreadable.isPresent()) {
      findings.accept(Finding.problem("privileges", unreadable.get()));
      return false;
    }
    Optional<String> unreadableOptional =
        TablePrivileges.unreadable(connection, dialect, names(false));
    unreadableOptional.ifPresent(
        message -> findings.accept(Finding.warning("privileges", message)));
    for (TableDefinition definition : neededAndFormer()) {
      TableShape shape = TableShape.lookUp(connection, definition.table());
      if (shape.exists()) {
        shapes.put(definition.table(), shape);
      }
    }
    // The user does not see a table that it may not read.
    checkExistence(
        required.missing(connection).stream()
            .filter(definition -> unreadableOptional.isEmpty() || required.isRequired(definition))
            .toList(),
        connection,
        findings);
    checkPrivileges(connection, findings);
    checkLayout(findings);
    checkIndexes(connection, findings);
    checkVectors(connection, findings);
    return true;
  }

  private List<TableDefinition> neededAndFormer() {
    return Stream.concat(needed.stream(), former.stream()).toList();
  }

  private List<String> names(boolean areRequired) {
    return needed.stream()
        .filter(definition -> required.isRequired(definition) == areRequired)
        .map(TableDefinition::table)
        .toList();
  }

  private void checkExistence(
      List<TableDefinition> missing, Connection connection, Consumer<Finding> findings)
      throws SQLException {
    if (missing.isEmpty()) {
      findings.accept(
          Finding.good(
              TOPIC,
              "all %d are in %s".formatted(needed.size(), String.join(", ", schemas(needed)))));
      return;
    }
    String names = missing.stream().map(TableDefinition::table).collect(Collectors.joining(", "));
    Finding.Status status =
        required.areOptional(missing) ? Finding.Status.WARNING : Finding.Status.PROBLEM;
    if (!options.getCreateTables()) {
      findings.accept(
          new Finding(
              TOPIC,
              status,
              "missing: %s; set createTables, or run the statements that --json lists"
                  .formatted(names),
              List.copyOf(required.statements(connection, missing))));
      return;
    }
    List<String> refused = new ArrayList<>();
    for (String schema : schemas(missing)) {
      if (!dialect.mayCreateTables(connection, schema).orElse(true)) {
        refused.add(schema);
      }
    }
    findings.accept(
        refused.isEmpty()
            ? Finding.good(TOPIC, "the run creates " + names)
            : new Finding(
                TOPIC,
                status,
                "missing: %s, and the user may not create them in %s: grant CREATE on database and schema, or have an administrator run the statements that --json lists"
                    .formatted(names, String.join(", ", refused)),
                List.copyOf(required.statements(connection, missing))));
  }

  private static Set<String> schemas(List<TableDefinition> definitions) {
    return definitions.stream()
        .map(TableDefinition::schema)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** An embedded database has one user, who may do everything. */
  private void checkPrivileges(Connection connection, Consumer<Finding> findings)
      throws SQLException {
    if (!dialect.readOnlyProperties().isEmpty() || shapes.isEmpty()) {
      return;
    }
    List<String> refusals = new ArrayList<>();
    Finding.Status status = Finding.Status.WARNING;
    for (TableDefinition definition : neededAndFormer()) {
      TableShape shape = shapes.get(definition.table());
      if (shape != null) {
        Optional<String> refused = TablePrivileges.refused(connection, dialect, definition, shape);
        if (refused.isPresent()) {
          refusals.add("%s on %s".formatted(refused.get(), definition.table()));
          if (required.isRequired(definition)) {
            status = Finding.Status.PROBLEM;
          }
        }
      }
    }
    findings.accept(
        refusals.isEmpty()
            ? Finding.good("privileges", "to read, insert, update and delete rows of all tables")
            : new Finding(
                "privileges",
                status,
                "the user may not %s: grant SELECT, INSERT, UPDATE and DELETE"
                    .formatted(String.join(", ", refusals)),
                List.of()));
  }

  /** The tables of GraphRAG may be other tools' and have fewer columns; ours must be complete. */
  private void checkLayout(Consumer<Finding> findings) {
    Map<String, TableWrite<DocumentGraph>> writes = new LinkedHashMap<>();
    GraphTables tables = RunPlan.writtenTables(options);
    tables.writes().forEach(write -> writes.put(write.table(), write));
    List<String> problems = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    for (TableDefinition definition : needed) {
      TableShape shape = shapes.get(definition.table());
      if (shape == null) {
        continue;
      }
      TableWrite<DocumentGraph> write = writes.get(definition.table());
      if (write != null) {
        WriteLayout.problem(dialect, shape, write).ifPresent(problems::add);
        WriteLayout.leftOut(shape, write).stream()
            // Vectors of entities and relationships are written where others have columns for them.
            .filter(definition.columnNames()::contains)
            .forEach(column -> differences.add(shape.table() + " has no " + column));
      } else if (!definition.schema().equalsIgnoreCase(String.valueOf(options.getGraphSchema()))) {
        definition.columnNames().stream()
            .filter(column -> !shape.has(column))
            .forEach(
                column ->
                    problems.add(
                        "table %s has no column %s; alter the table, or choose another schema"
                            .formatted(shape.table(), column)));
      }
      differences.addAll(narrower(definition, shape));
    }
    problems.forEach(problem -> findings.accept(Finding.problem("layout", problem)));
    if (!differences.isEmpty()) {
      findings.accept(
          Finding.warning(
              "layout",
              "%s: values that have no place are left out or rejected"
                  .formatted(String.join(", ", differences))));
    }
    if (problems.isEmpty() && differences.isEmpty() && !shapes.isEmpty()) {
      findings.accept(Finding.good("layout", "the tables have the columns that a run writes"));
    }
  }

  private static List<String> narrower(TableDefinition definition, TableShape shape) {
    List<String> narrower = new ArrayList<>();
    for (TableDefinition.Column column : definition.columns()) {
      if (column.type() == Dialect.ColumnType.VARCHAR) {
        shape
            .column(column.name())
            .filter(found -> found.maxLength() < column.length())
            .ifPresent(
                found ->
                    narrower.add(
                        "%s.%s holds %d characters instead of %d"
                            .formatted(
                                shape.table(), column.name(), found.maxLength(), column.length())));
      }
    }
    return narrower;
  }

  private void checkIndexes(Connection connection, Consumer<Finding> findings) throws SQLException {
    List<String> statements = required.missingIndexes(connection);
    if (!statements.isEmpty()) {
      findings.accept(
          options.getCreateTables()
              ? Finding.good("indexes", "the run creates %d".formatted(statements.size()))
              : new Finding(
                  "indexes",
                  Finding.Status.WARNING,
                  "replacing changed documents will be slow without: "
                      + String.join("; ", statements),
                  statements));
    }
    List<String> first = required.missingFirstIndexes(connection);
    warnAboutIndexes("show, search, status or report", first, findings);
    List<String> narrow = required.narrowIndexes(connection);
    warnAboutIndexes("show of a frequent name", narrow, findings);
    if (statements.isEmpty() && first.isEmpty() && narrow.isEmpty() && !shapes.isEmpty()) {
      findings.accept(Finding.good("indexes", "none is missing"));
    }
  }

  private static void warnAboutIndexes(
      String slow, List<String> statements, Consumer<Finding> findings) {
    if (!statements.isEmpty()) {
      findings.accept(
          new Finding(
              "indexes",
              Finding.Status.WARNING,
              slow + " will be slow without: " + String.join("; ", statements),
              statements));
    }
  }

  private void checkVectors(Connection connection, Consumer<Finding> findings) throws SQLException {
    String table = RunPlan.tables(options).documents();
    if (!shapes.containsKey(table)) {
      return;
    }
    if (dimension.isPresent()) {
      try {
        VectorColumn column = target.graphVectors(connection).texts();
        new VectorIndexing(options, Optional.of(column));
        Optional<GraphSchemaTables> published = RunPlan.graphSchema(options);
        if (published.isPresent()) {
          published.get().requireVectors(connection, dialect, dimension.getAsInt());
        }
        findings.accept(Finding.good("vectors", describe(column)));
      } catch (StoreException.Configuration e) {
        findings.accept(Finding.problem("vectors", ErrorText.of(e)));
      }
      return;
    }
    String stores = options.getEmbeddings() == Embeddings.NONE ? "; this run stores none" : "";
    Optional<VectorColumn> column = dialect.vectorColumn(connection, table, GraphTables.EMBEDDING);
    findings.accept(
        Finding.good(
            "vectors",
            column
                .map(found -> describe(found) + stores)
                .orElse("no column for vectors" + stores)));
  }

  private static String describe(VectorColumn column) {
    return "column %s takes %s"
        .formatted(
            column.name(),
            column.dimension() == 0
                ? "vectors of any length"
                : "vectors of %d numbers".formatted(column.dimension()));
  }
}

package org.irisgraph.linked;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.irisgraph.graphrag.EvidenceTables;
import org.irisgraph.graphrag.GraphChangeLog;
import org.irisgraph.graphrag.GraphSchemaTables;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.Sql;
import org.irisgraph.jdbc.TableShape;
import org.jspecify.annotations.Nullable;

/**
 * Keeps nodes, edges and, if they are wanted, relationships between the entities of a node up with
 * the rows of the documents. Each node and each edge that a change may concern is summed up anew
 * and replaced, so that doing it again changes nothing: a process may be killed at any moment, and
 * the next one goes on.
 */
public final class LinkedGraph {

  /** What the work is called where its progress is shown. */
  public static final String WORK = "linking the entities of documents";

  /**
   * What a worker has in memory. Its rows are written in the order of their keys: with fewer, more
   * pages of the indexes are written for each.
   */
  public static final int ENTITIES = 100_000;

  /** From so many portions on it pays to start a job for them. */
  private static final int MANY_PORTIONS = 2;

  private final GraphTables tables;
  private final LinkedTables linked;
  private final Dialect dialect;
  private final int batchRows;
  private final WaitingChanges waiting;
  private int portion = ENTITIES;
  private int entitiesOfNode = GraphPortions.ENTITIES_OF_NODE;
  private @Nullable GraphSchemaTables target;
  private int moreConnections;
  private FurtherConnections further = FurtherConnections.NONE;
  private Runnable stop = () -> {};
  private Consumer<String> shown = text -> {};

  /**
   * The linked graph of a schema.
   *
   * @param batchRows the most rows of a table in one transaction
   */
  public LinkedGraph(GraphTables tables, LinkedTables linked, Dialect dialect, int batchRows) {
    this.tables = tables;
    this.linked = linked;
    this.dialect = dialect;
    this.batchRows = batchRows;
    this.waiting = new WaitingChanges(linked, tables.entities(), dialect, batchRows);
  }

  /** Sums up about so many entities together when all are. */
  public LinkedGraph inPortionsOf(int entities) {
    portion = entities;
    return this;
  }

  /** Lets the server sum up, if it can, from so many entities of a node on average. */
  LinkedGraph summedUpFrom(int entities) {
    entitiesOfNode = entities;
    return this;
  }

  /** Sums up everything on as many connections as these settings allow for writers. */
  public LinkedGraph onConnections(ConnectionSettings settings) {
    return alsoOn(settings.writers() - 1, FurtherConnections.opened(settings));
  }

  /** Sums up everything on at most so many connections beside the one that is open. */
  public LinkedGraph alsoOn(int connections, FurtherConnections source) {
    moreConnections = connections;
    further = source;
    return this;
  }

  /**
   * Ends the work early: what is committed stays, and the next {@link #update} goes on.
   *
   * @param check is run between statements, by several threads, and throws what ends the work
   */
  public LinkedGraph stoppedBy(Runnable check) {
    stop = check;
    return this;
  }

  /**
   * Shows how far the work is.
   *
   * @param text is called by several threads
   */
  public LinkedGraph showing(Consumer<String> text) {
    shown = text;
    return this;
  }

  /** Publishes it to a schema of iris-vector-graph, unless that is null. */
  public LinkedGraph publishedTo(@Nullable GraphSchemaTables schema) {
    target = schema;
    return this;
  }

  /** Whether {@link #update} would sum up everything anew. */
  public boolean needsRebuild(Connection connection) throws SQLException {
    return needsRebuild(connection, comparison(connection));
  }

  private boolean needsRebuild(Connection connection, GraphComparison comparison)
      throws SQLException {
    PublishedGraph published = comparison.published();
    return waiting.areMany(connection) || (published != null && !published.isComplete(connection));
  }

  /** Whether {@link #update} would sum up so much that starting a job for it pays. */
  public boolean needsLargeRebuild(Connection connection) throws SQLException {
    return needsRebuild(connection)
        && waiting.countEntities(connection) >= (long) MANY_PORTIONS * portion;
  }

  /** Brings nodes and edges up to date with what has changed. */
  public CorrectedRows update(Connection connection) throws SQLException {
    GraphComparison comparison = comparison(connection);
    if (needsRebuild(connection, comparison)) {
      return rebuild(connection);
    }
    CorrectedRows all = CorrectedRows.NONE;
    long changes = 0;
    List<WaitingChanges.Group> groups = waiting.next(connection);
    while (!groups.isEmpty()) {
      for (WaitingChanges.Group group : groups) {
        all = all.plus(update(connection, comparison, group));
        changes += group.keys().size();
        // Not nodes: one that several groups have in common is summed up with each.
        shown.accept(changes + " changes of documents so far");
      }
      groups = waiting.next(connection);
    }
    return all;
  }

  private CorrectedRows update(
      Connection connection, GraphComparison comparison, WaitingChanges.Group changed)
      throws SQLException {
    noteOthersIncomplete(connection);
    return transaction()
        .run(connection, () -> comparison.corrections(connection, changed), changed.keys());
  }

  /** Sums up everything anew, and corrects what differs. */
  public CorrectedRows rebuild(Connection connection) throws SQLException {
    Rebuild rebuild = begin(connection);
    return new ParallelPortions(this::correct, moreConnections, further, shown)
        .run(connection, rebuild.portions())
        .plus(end(connection, rebuild));
  }

  /**
   * A rebuild that has begun.
   *
   * @param portions hold all nodes; to be handed to {@link #correct}, in any order
   * @param seen the keys of the changes that it processes
   * @param hasLinks whether entities were linked before
   */
  public record Rebuild(List<GraphPortion> portions, List<String> seen, boolean hasLinks)
      implements Serializable {}

  /** Begins to sum up everything anew. */
  public Rebuild begin(Connection connection) throws SQLException {
    // Later changes may be seen or not; they are processed by the next update.
    List<String> seen = waiting.keys(connection);
    if (!seen.isEmpty()) {
      noteOthersIncomplete(connection);
    }
    if (new GraphChangeLog(linked).isAnyUnrecorded(connection)) {
      StrayEntities.remove(connection, tables, linked, batchRows);
    }
    SameAsRows sameAs = comparison(connection).sameAs();
    boolean hasLinks = sameAs != null && sameAs.areStored(connection);
    analyse(connection, tables.entities(), tables.relationships(), linked.entityNodes());
    String turn = transaction().share(connection);
    List<GraphPortion> portions = portions().divide(connection, turn, sameAs != null, hasLinks);
    return new Rebuild(portions, List.copyOf(seen), hasLinks);
  }

  /**
   * Corrects a portion of a rebuild.
   *
   * @param connection without a time limit: a server that sums up sends nothing for long
   */
  public CorrectedRows correct(Connection connection, GraphPortion portion) throws SQLException {
    GraphComparison comparison = comparison(connection);
    return portions()
        .correct(
            connection,
            portion,
            comparison,
            new GroupedRows(tables, linked, dialect, comparison.documents().columns(), stop),
            new GraphTransaction(linked.changes(), batchRows, stop, portion));
  }

  private GraphPortions portions() {
    return new GraphPortions(
        linked.entityNodes(), portion, dialect.sumsUp() ? entitiesOfNode : null);
  }

  /** Ends a rebuild, all portions of which are corrected: publishes the graph. */
  public CorrectedRows end(Connection connection, Rebuild rebuild) throws SQLException {
    GraphComparison comparison = comparison(connection);
    CorrectedRows all = CorrectedRows.NONE;
    SameAsRows sameAs = comparison.sameAs();
    if (sameAs != null && rebuild.hasLinks()) {
      all =
          transaction()
              .run(connection, () -> Corrections.ofSameAs(sameAs.strays(connection)), List.of());
    }
    PublishedGraph published = comparison.published();
    if (published != null) {
      shown.accept("publishing it");
      all =
          all.plus(
              published.rebuild(
                  connection,
                  comparison.documents(),
                  portion,
                  publishing(connection, transaction())));
    }
    waiting.remove(connection, rebuild.seen());
    analyse(connection, tables.relationships(), linked.nodes(), linked.edges());
    if (tables.evidence().isPresent()) {
      EvidenceTables evidence = tables.evidence().get();
      analyse(connection, evidence.mentions(), evidence.statements());
    }
    return all;
  }

  /** Lets the server plan by the rows that are there after a load. A table may be missing. */
  private void analyse(Connection connection, String... names) throws SQLException {
    for (String table : names) {
      Optional<String> analysis = dialect.analysis(table);
      if (analysis.isPresent() && TableShape.lookUp(connection, table).exists()) {
        stop.run();
        Sql.execute(connection, analysis.get());
      }
    }
  }

  private GraphTransaction transaction() {
    return new GraphTransaction(linked.changes(), batchRows, stop);
  }

  /** Removes what was published to the schema of iris-vector-graph. */
  public CorrectedRows unpublish(Connection connection) throws SQLException {
    PublishedGraph published = comparison(connection).published();
    return published == null
        ? CorrectedRows.NONE
        : published.unpublish(connection, portion, publishing(connection, transaction()));
  }

  /**
   * The vectors of what is published, in the tables as they are.
   *
   * @param model what a vector depends on beside its text
   */
  public NodeVectors vectors(Connection connection, String model) throws SQLException {
    GraphTransaction.addTurns(connection, linked.changes());
    int rows = Math.max(batchRows, NodeVectors.CHANGES_OF_NODE);
    return new NodeVectors(
        connection,
        linked,
        Objects.requireNonNull(target, "publishedTo"),
        dialect,
        model,
        rows,
        open -> publishing(open, new GraphTransaction(linked.changes(), rows, stop)));
  }

  private PublishedGraph.Transaction publishing(
      Connection connection, GraphTransaction transaction) {
    return step ->
        transaction.run(connection, () -> Corrections.ofPublished(step.changes()), List.of());
  }

  private GraphComparison comparison(Connection connection) throws SQLException {
    GraphTransaction.addTurns(connection, linked.changes());
    TableShape shape = TableShape.lookUp(connection, tables.relationships());
    DocumentRows documents = new DocumentRows(tables, linked, dialect.keyOrder(), shape, stop);
    SameAsRows sameAs = new SameAsRows(tables, linked, dialect, documents.columns());
    return new GraphComparison(
        linked,
        dialect,
        documents,
        sameAs.isKeptUp(connection) ? sameAs : null,
        target == null ? null : new PublishedGraph(connection, tables, linked, target, dialect));
  }

  /** Notes that changes will be processed that are published to this schema at most. */
  private void noteOthersIncomplete(Connection connection) throws SQLException {
    if (target != null || TableShape.lookUp(connection, linked.published()).exists()) {
      PublishedRecord.setIncomplete(
          connection, linked.published(), target == null ? null : target.schema());
    }
  }
}

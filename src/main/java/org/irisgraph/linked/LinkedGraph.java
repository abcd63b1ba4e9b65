package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.irisgraph.graphrag.GraphSchemaTables;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.TableShape;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps nodes, edges and, if they are wanted, relationships between the entities of a node up with
 * the rows of the documents. Each node and each edge that a change may concern is summed up anew
 * and replaced, so that doing it again changes nothing: a process may be killed at any moment, and
 * the next one goes on.
 */
public final class LinkedGraph {

  /** What the work is called where its progress is shown. */
  public static final String WORK = "linking the entities of documents";

  private static final Logger LOG = LoggerFactory.getLogger(LinkedGraph.class);

  /** About how many entities are summed up together when all are. */
  private static final int ENTITIES = 100_000;

  private final GraphTables tables;
  private final LinkedTables linked;
  private final Dialect dialect;
  private final int batchRows;
  private final int portion;
  private final WaitingChanges waiting;
  private @Nullable GraphSchemaTables target;
  private @Nullable ConnectionSettings connections;
  private Runnable stop = () -> {};
  private Consumer<String> shown = text -> {};

  /**
   * The linked graph of a schema.
   *
   * @param batchRows the most rows of a table in one transaction
   */
  public LinkedGraph(GraphTables tables, LinkedTables linked, Dialect dialect, int batchRows) {
    this(tables, linked, dialect, batchRows, ENTITIES);
  }

  /** With portions of about so many entities for {@link #rebuild}. */
  LinkedGraph(
      GraphTables tables, LinkedTables linked, Dialect dialect, int batchRows, int portion) {
    this.tables = tables;
    this.linked = linked;
    this.dialect = dialect;
    this.batchRows = batchRows;
    this.portion = portion;
    this.waiting = new WaitingChanges(linked, tables.entities(), dialect, batchRows);
  }

  /** Sums up everything on as many connections as these settings allow for writers. */
  public LinkedGraph onConnections(ConnectionSettings settings) {
    connections = settings;
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

  /** Brings nodes and edges up to date with what has changed. */
  public CorrectedRows update(Connection connection) throws SQLException {
    GraphComparison comparison = comparison(connection);
    PublishedGraph published = comparison.published();
    if (waiting.areMany(connection) || (published != null && !published.isComplete(connection))) {
      return rebuild(connection);
    }
    CorrectedRows all = CorrectedRows.NONE;
    long nodes = 0;
    List<WaitingChanges.Group> groups = waiting.next(connection);
    while (!groups.isEmpty()) {
      for (WaitingChanges.Group group : groups) {
        all = all.plus(update(connection, comparison, group));
        nodes += group.nodes().size();
        shown.accept(nodes + " nodes so far");
      }
      groups = waiting.next(connection);
    }
    return all;
  }

  private CorrectedRows update(
      Connection connection, GraphComparison comparison, WaitingChanges.Group changed)
      throws SQLException {
    noteOthersIncomplete(connection);
    return new GraphTransaction(linked.changes(), batchRows, stop)
        .run(connection, () -> comparison.corrections(connection, changed), changed.keys());
  }

  /** Sums up everything anew, and corrects what differs. */
  public CorrectedRows rebuild(Connection connection) throws SQLException {
    // Later changes may be seen or not; they are processed by the next update.
    List<String> seen = waiting.keys(connection);
    if (!seen.isEmpty()) {
      noteOthersIncomplete(connection);
    }
    GraphComparison comparison = comparison(connection);
    SameAsRows sameAs = comparison.sameAs();
    boolean hasLinks = sameAs != null && sameAs.areStored(connection);
    GraphTransaction transaction = new GraphTransaction(linked.changes(), batchRows, stop);
    CorrectedRows all =
        new ParallelPortions(transaction, connections, shown)
            .run(
                connection,
                NodeRange.portions(connection, linked.entityNodes(), "node_key", portion),
                (open, turn, range) ->
                    turn.run(open, () -> comparison.corrections(open, range), List.of()));
    if (sameAs != null && hasLinks) {
      all =
          all.plus(
              transaction.run(
                  connection, () -> Corrections.ofSameAs(sameAs.strays(connection)), List.of()));
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
                  publishing(connection, transaction)));
    }
    waiting.remove(connection, seen);
    LOG.debug("the linked graph is complete: {}", all);
    return all;
  }

  /** Removes what was published to the schema of iris-vector-graph. */
  public CorrectedRows unpublish(Connection connection) throws SQLException {
    PublishedGraph published = comparison(connection).published();
    return published == null
        ? CorrectedRows.NONE
        : published.unpublish(
            connection,
            portion,
            publishing(connection, new GraphTransaction(linked.changes(), batchRows, stop)));
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

package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.irisgraph.graphrag.GraphChangeLog;
import org.irisgraph.graphrag.GraphSchemaTables;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
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

  private static final Logger LOG = LoggerFactory.getLogger(LinkedGraph.class);

  /** The most nodes of changed documents that are summed up together, unless one has more. */
  private static final int NODES = 500;

  /** About how many entities are summed up together when all are. */
  private static final int ENTITIES = 20_000;

  /** From so many changed documents on it may be cheaper to sum up everything. */
  private static final int FEW_CHANGES = 200;

  /** A change of one document in 50 of 40 entities each. */
  private static final int ENTITIES_PER_CHANGE = 2_000;

  private final GraphTables tables;
  private final LinkedTables linked;
  private final Dialect dialect;
  private final int batchRows;
  private final int portion;
  private @Nullable GraphSchemaTables target;

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
  }

  /** Publishes it to a schema of iris-vector-graph, unless that is null. */
  public LinkedGraph publishedTo(@Nullable GraphSchemaTables schema) {
    target = schema;
    return this;
  }

  /** What differed from the rows of the documents. */
  public record Changes(
      long nodesWritten,
      long nodesDeleted,
      long edgesWritten,
      long edgesDeleted,
      long sameAsWritten,
      long sameAsDeleted,
      long publishedWritten,
      long publishedDeleted) {

    static final Changes NONE = new Changes(0, 0, 0, 0, 0, 0);

    /** Of a graph that is not published. */
    Changes(
        long nodesWritten,
        long nodesDeleted,
        long edgesWritten,
        long edgesDeleted,
        long sameAsWritten,
        long sameAsDeleted) {
      this(
          nodesWritten,
          nodesDeleted,
          edgesWritten,
          edgesDeleted,
          sameAsWritten,
          sameAsDeleted,
          0,
          0);
    }

    Changes plus(Changes other) {
      return new Changes(
          nodesWritten + other.nodesWritten,
          nodesDeleted + other.nodesDeleted,
          edgesWritten + other.edgesWritten,
          edgesDeleted + other.edgesDeleted,
          sameAsWritten + other.sameAsWritten,
          sameAsDeleted + other.sameAsDeleted,
          publishedWritten + other.publishedWritten,
          publishedDeleted + other.publishedDeleted);
    }

    /** Whether nothing differed. */
    public boolean isEmpty() {
      return equals(NONE);
    }
  }

  /** A document that has changed, and the nodes that it had before. */
  private record Change(String key, String document, Set<String> nodes) {}

  /** What the tables have, as of one connection. */
  private record Contents(
      DocumentRows documents, @Nullable SameAsRows sameAs, @Nullable PublishedGraph published) {}

  /** Brings nodes and edges up to date with what has changed. */
  public Changes update(Connection connection) throws SQLException {
    long waiting = count(connection, linked.changes());
    if (waiting > FEW_CHANGES
        && waiting * ENTITIES_PER_CHANGE > count(connection, linked.entityNodes())) {
      return rebuild(connection);
    }
    Contents contents = contents(connection);
    PublishedGraph published = contents.published();
    if (published != null && !published.isComplete(connection)) {
      return rebuild(connection);
    }
    Changes all = Changes.NONE;
    // Each transaction also changes the row by which processes take turns.
    int most = Math.max(1, Math.min(FEW_CHANGES, batchRows - 1));
    List<Change> changes = changes(connection, most);
    while (!changes.isEmpty()) {
      Map<String, Set<String>> nodes = nodesOf(connection, changes);
      int done = 0;
      while (done < changes.size()) {
        Set<String> keys = new TreeSet<>(dialect.keyOrder());
        int first = done;
        do {
          keys.addAll(changes.get(done).nodes());
          keys.addAll(nodes.getOrDefault(changes.get(done).document(), Set.of()));
          done++;
        } while (done < changes.size() && keys.size() < NODES);
        all = all.plus(update(connection, contents, keys, changes.subList(first, done)));
      }
      changes = changes(connection, most);
    }
    return all;
  }

  private Changes update(
      Connection connection, Contents contents, Set<String> keys, List<Change> changes)
      throws SQLException {
    noteOthersIncomplete(connection);
    List<NodeRange> ranges = NodeRange.of(keys);
    StoredRows edges = edges();
    PublishedGraph published = contents.published();
    return new GraphTransaction(linked.changes(), batchRows)
        .run(
            connection,
            () -> {
              Map<String, Row> right = contents.documents().edgesWithin(connection, ranges);
              Map<String, NodeTotals> nodes = contents.documents().nodes(connection, ranges);
              return corrections(
                  connection,
                  contents,
                  ranges,
                  nodes,
                  edges.difference(
                      right, edges.select(connection, ranges, "source_node", "target_node")),
                  published == null
                      ? null
                      : published.changes(
                          connection,
                          keys,
                          nodes,
                          right.values(),
                          changes.stream()
                              .map(Change::document)
                              .collect(
                                  Collectors.toCollection(
                                      () -> new TreeSet<>(dialect.keyOrder())))));
            },
            changes.stream().map(Change::key).toList());
  }

  private Corrections corrections(
      Connection connection,
      Contents contents,
      List<NodeRange> ranges,
      Map<String, NodeTotals> totals,
      StoredRows.Difference ofEdges,
      @Nullable PublishedChanges published)
      throws SQLException {
    Map<String, Row> right = new TreeMap<>(dialect.keyOrder());
    totals.forEach((key, node) -> right.put(key, node.row()));
    StoredRows nodes = nodes();
    StoredRows.Difference ofNodes =
        nodes.difference(right, nodes.select(connection, ranges, "node_key"));
    SameAsRows sameAs = contents.sameAs();
    return new Corrections(
        ofNodes,
        ofEdges,
        sameAs == null ? null : sameAs.difference(connection, totals.values(), ranges),
        published);
  }

  /** Sums up everything anew, and corrects what differs. */
  public Changes rebuild(Connection connection) throws SQLException {
    // Later changes may be seen or not; they are processed by the next update.
    List<String> seen = changes(connection, 0).stream().map(Change::key).toList();
    if (!seen.isEmpty()) {
      noteOthersIncomplete(connection);
    }
    Contents contents = contents(connection);
    GraphTransaction transaction = new GraphTransaction(linked.changes(), batchRows);
    StoredRows edges = edges();
    Changes all =
        NodeRange.forEachPortion(
            connection,
            linked.entityNodes(),
            "node_key",
            portion,
            range ->
                transaction.run(
                    connection,
                    () ->
                        corrections(
                            connection,
                            contents,
                            List.of(range),
                            contents.documents().nodes(connection, List.of(range)),
                            edges.difference(
                                contents.documents().edgesFrom(connection, range),
                                edges.select(connection, List.of(range), "source_node")),
                            null),
                    List.of()));
    SameAsRows sameAs = contents.sameAs();
    if (sameAs != null) {
      all =
          all.plus(
              transaction.run(
                  connection,
                  () -> new Corrections(none(), none(), sameAs.strays(connection), null),
                  List.of()));
    }
    PublishedGraph published = contents.published();
    if (published != null) {
      all =
          all.plus(
              published.rebuild(
                  connection, contents.documents(), portion, publishing(connection, transaction)));
    }
    for (int i = 0; i < seen.size(); i += batchRows) {
      KeyedRows.delete(
          connection,
          linked.changes(),
          "change_key",
          seen.subList(i, Math.min(seen.size(), i + batchRows)));
    }
    LOG.debug("the linked graph is complete: {}", all);
    return all;
  }

  /** Removes what was published to the schema of iris-vector-graph. */
  public Changes unpublish(Connection connection) throws SQLException {
    PublishedGraph published = contents(connection).published();
    return published == null
        ? Changes.NONE
        : published.unpublish(
            connection,
            portion,
            publishing(connection, new GraphTransaction(linked.changes(), batchRows)));
  }

  private PublishedGraph.Transaction publishing(
      Connection connection, GraphTransaction transaction) {
    return step ->
        transaction.run(
            connection, () -> new Corrections(none(), none(), null, step.changes()), List.of());
  }

  private StoredRows.Difference none() {
    return nodes().difference(Map.of(), Map.of());
  }

  private Contents contents(Connection connection) throws SQLException {
    TableShape shape = TableShape.lookUp(connection, tables.relationships());
    SameAsRows sameAs = new SameAsRows(tables, linked, dialect, shape);
    return new Contents(
        new DocumentRows(tables, linked, dialect.keyOrder(), shape),
        sameAs.isKeptUp(connection) ? sameAs : null,
        published(connection));
  }

  private @Nullable PublishedGraph published(Connection connection) throws SQLException {
    return target == null ? null : new PublishedGraph(connection, tables, linked, target, dialect);
  }

  /** Notes that changes will be processed that are published to this schema at most. */
  private void noteOthersIncomplete(Connection connection) throws SQLException {
    if (target != null || TableShape.lookUp(connection, linked.published()).exists()) {
      PublishedRecord.setIncomplete(
          connection, linked.published(), target == null ? null : target.schema());
    }
  }

  private StoredRows nodes() {
    return StoredRows.of(dialect, linked.nodeDefinition());
  }

  private StoredRows edges() {
    return StoredRows.of(dialect, linked.edgeDefinition());
  }

  /** The nodes that changed documents have now. */
  private Map<String, Set<String>> nodesOf(Connection connection, List<Change> changes)
      throws SQLException {
    Map<String, Set<String>> nodes = new TreeMap<>(dialect.keyOrder());
    for (Row row :
        KeyedRows.select(
            connection,
            linked.entityNodes(),
            List.of("document_id", "node_key"),
            "document_id",
            changes.stream().map(Change::document).distinct().toList())) {
      nodes.computeIfAbsent(row.text(0), document -> new LinkedHashSet<>()).add(row.text(1));
    }
    return nodes;
  }

  /** Changes that are waiting, at most so many; all if that is 0. */
  private List<Change> changes(Connection connection, int most) throws SQLException {
    List<Change> changes = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(most);
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT change_key, document_id, node_keys FROM %s WHERE change_key <> '%s'"
                  .formatted(linked.changes(), GraphTransaction.TURN))) {
        while (rows.next()) {
          String nodes = rows.getString(3);
          changes.add(
              new Change(
                  rows.getString(1),
                  rows.getString(2),
                  nodes == null
                      ? Set.of()
                      : new LinkedHashSet<>(
                          Arrays.asList(nodes.split(GraphChangeLog.SEPARATOR, -1)))));
        }
      }
    }
    return changes;
  }

  private static long count(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT COUNT(*) FROM " + table);
        ResultSet count = statement.executeQuery()) {
      count.next();
      return count.getLong(1);
    }
  }
}

package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.graph.Relationship;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.graphrag.SameAs;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.Sql;
import org.irisgraph.jdbc.StreamedRows;

/**
 * Sums up a range of nodes as {@link DocumentRows} does, but in the server ({@link
 * org.irisgraph.jdbc.Dialect#sumsUp}): it sends a row for all entities of a node that are spelled
 * alike, and a row for all relationships of an edge.
 */
final class GroupedRows {

  private static final Set<Integer> NUMBERS =
      Set.of(
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.NUMERIC);

  private final GraphTables tables;
  private final String entityNodes;
  private final Dialect dialect;
  private final List<String> columns;
  private final Runnable stop;

  /**
   * Reads the tables of a graph.
   *
   * @param columns of relationships, first {@link SameAs#COLUMNS}
   * @param stop is run between statements, and throws what ends the reading
   */
  GroupedRows(
      GraphTables tables,
      LinkedTables linked,
      Dialect dialect,
      List<String> columns,
      Runnable stop) {
    this.tables = tables;
    this.entityNodes = linked.entityNodes();
    this.dialect = dialect;
    this.columns = columns;
    this.stop = stop;
  }

  /** There are more rows than the memory is meant for. */
  static final class TooManyException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /**
   * Sums up nodes; their totals do not list entities.
   *
   * @throws TooManyException if there are more than so many spellings of nodes
   */
  Map<String, NodeTotals> nodes(Connection connection, NodeRange range, int most)
      throws SQLException {
    String ofNodes = ofNodes(range);
    Map<String, NodeTotals> nodes = new TreeMap<>();
    forEach(
        connection,
        """
        SELECT n.node_key, e.entity_name, e.entity_type, n.concept, SUM(n.mentions) %s
        GROUP BY n.node_key, e.entity_name, e.entity_type, n.concept
        """
            .formatted(ofNodes),
        range.parameters(),
        most,
        row ->
            nodes
                .computeIfAbsent(row.getString(1), NodeTotals::new)
                .addMentions(row.getString(2), row.getString(3), row.getString(4), row.getLong(5)));
    countDocuments(connection, ofNodes, range, nodes);
    // A document may be stored or deleted between the statements: the next update sees it.
    nodes.values().removeIf(node -> node.documents() == 0);
    return nodes;
  }

  private String ofNodes(NodeRange range) {
    return "FROM %s n JOIN %s e ON e.entity_id = n.entity_id WHERE %s"
        .formatted(entityNodes, tables.entities(), range.on("n.node_key"));
  }

  /** Nodes that list their entities, without concept and mentions, and have no other totals. */
  Collection<NodeTotals> entities(Connection connection, NodeRange range) throws SQLException {
    prepare(connection);
    Map<String, NodeTotals> nodes = new TreeMap<>();
    // Texts that many entities have in common are held once.
    Map<String, String> documents = new HashMap<>();
    StreamedRows.forEach(
        connection,
        "SELECT n.node_key, n.document_id, n.entity_id " + ofNodes(range),
        range.parameters(),
        row -> {
          NodeTotals node = nodes.computeIfAbsent(row.getString(1), NodeTotals::new);
          String document = documents.computeIfAbsent(row.getString(2), id -> id);
          node.add(new LinkedEntity(row.getString(3), node.key(), document, null, 0));
        });
    return nodes.values();
  }

  private void countDocuments(
      Connection connection, String ofNodes, NodeRange range, Map<String, NodeTotals> nodes)
      throws SQLException {
    forEach(
        connection,
        """
        SELECT node_key, COUNT(*) FROM (SELECT DISTINCT n.node_key, n.document_id %s) AS documents
        GROUP BY node_key
        """
            .formatted(ofNodes),
        range.parameters(),
        Integer.MAX_VALUE,
        row -> {
          NodeTotals node = nodes.get(row.getString(1));
          if (node != null) {
            node.setDocuments(row.getLong(2));
          }
        });
  }

  /**
   * Sums up the edges whose source is in a range.
   *
   * @throws TooManyException if there are more than so many
   */
  Map<String, Row> edgesFrom(Connection connection, NodeRange range, int most) throws SQLException {
    String ofDocuments = relationshipsOfDocuments(connection);
    String rows = ofDocuments + " AND " + range.on("s.node_key");
    List<String> parameters = new ArrayList<>(range.parameters());
    if (!range.isEverything()) {
      // The source of an edge without direction may be the target of its relationships.
      rows +=
          " UNION ALL %s AND r.relationship_type = '%s' AND %s AND NOT (%s)"
              .formatted(
                  ofDocuments,
                  Relationship.CO_OCCURS_WITH,
                  range.on("t.node_key"),
                  range.on("s.node_key"));
      parameters.addAll(range.parameters());
      parameters.addAll(range.parameters());
    }
    parameters.addAll(range.parameters());
    parameters.addAll(range.parameters());
    Map<String, Row> edges = new TreeMap<>();
    forEach(
        connection,
        """
        SELECT first_key, second_key, type, COUNT(*), SUM(statements), MAX(confidence),
          is_first_in_range, is_second_in_range
        FROM (
          SELECT first_key, second_key, type, document_id,
            SUM(statements) AS statements, MAX(confidence) AS confidence
          FROM (%s) AS relationships
          GROUP BY first_key, second_key, type, document_id) AS documents
        CROSS JOIN LATERAL (
          SELECT %s AS is_first_in_range, %s AS is_second_in_range) AS ends
        GROUP BY first_key, second_key, type, is_first_in_range, is_second_in_range
        """
            .formatted(rows, range.on("first_key"), range.on("second_key")),
        parameters,
        most,
        row -> {
          String first = row.getString(1);
          EdgeTotals.Ends ends = EdgeTotals.Ends.of(first, row.getString(2), row.getString(3));
          // The server may take another of two ends for the smaller one.
          if (row.getBoolean(ends.source().equals(first) ? 7 : 8)) {
            double confidence = Math.max(0, row.getDouble(6));
            edges.put(ends.key(), ends.row(row.getLong(4), row.getDouble(5), confidence));
          }
        });
    return edges;
  }

  /**
   * The relationships between two nodes that documents state, whose ids begin as that of the entity
   * does; but no links between entities of different documents. Of a relationship without direction
   * always the same node comes first.
   */
  private String relationshipsOfDocuments(Connection connection) throws SQLException {
    return """
        SELECT CASE WHEN %1$s THEN t.node_key ELSE s.node_key END AS first_key,
          CASE WHEN %1$s THEN s.node_key ELSE t.node_key END AS second_key,
          r.relationship_type AS type, s.document_id, %2$s AS statements, %3$s AS confidence
        FROM %4$s s
        JOIN %5$s r ON r.source_entity_id = s.entity_id
        JOIN %4$s t ON t.entity_id = r.target_entity_id
        WHERE s.node_key <> t.node_key AND r.relationship_type IS NOT NULL
          AND LEFT(r.relationship_id, %7$s) = LEFT(s.entity_id, %7$s)
          AND NOT (r.relationship_type = '%6$s' AND s.document_id <> t.document_id)"""
        .formatted(
            "r.relationship_type = '%s' AND s.node_key > t.node_key"
                .formatted(Relationship.CO_OCCURS_WITH),
            number(connection, "weight"),
            number(connection, "confidence"),
            entityNodes,
            tables.relationships(),
            SameAs.TYPE,
            GraphIds.PREFIX);
  }

  /** The value of a column, 1 where there is none. */
  private String number(Connection connection, String column) throws SQLException {
    if (!columns.contains(column)) {
      return "1";
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT %s FROM %s WHERE 1 = 0".formatted(column, tables.relationships()))) {
      ResultSetMetaData row = statement.getMetaData();
      return NUMBERS.contains(row.getColumnType(1)) ? "COALESCE(r.%s, 1)".formatted(column) : "1";
    }
  }

  /** Hands over the links that lead from the entities of a range of nodes. */
  void links(Connection connection, NodeRange range, DocumentRows.Reader reader)
      throws SQLException {
    prepare(connection);
    List<String> selected = new ArrayList<>(columns.stream().map("r."::concat).toList());
    selected.add("n.node_key");
    selected.add("n.document_id");
    List<String> parameters = new ArrayList<>(range.parameters());
    parameters.add(SameAs.TYPE);
    for (Row row :
        KeyedRows.selectWhere(
            connection,
            "%s n JOIN %s r ON r.source_entity_id = n.entity_id"
                .formatted(entityNodes, tables.relationships()),
            selected,
            range.on("n.node_key") + " AND r.relationship_type = ?",
            parameters)) {
      reader.read(
          row,
          new LinkedEntity(
              row.text(1), row.text(columns.size()), row.text(columns.size() + 1), null, 0));
    }
  }

  /** With all rows at once, unlike {@link StreamedRows}: else the server uses one processor. */
  private void forEach(
      Connection connection,
      String query,
      List<String> parameters,
      int most,
      StreamedRows.Reader<RuntimeException> reader)
      throws SQLException {
    prepare(connection);
    try (PreparedStatement statement = connection.prepareStatement(query + " LIMIT ?")) {
      KeyedRows.bind(statement, parameters.toArray());
      statement.setLong(parameters.size() + 1, most + 1L);
      try (ResultSet rows = statement.executeQuery()) {
        for (int read = 0; rows.next(); read++) {
          if (read == most) {
            throw new TooManyException();
          }
          reader.read(rows);
        }
      }
    }
  }

  /** Reads as one who reads many rows. */
  private void prepare(Connection connection) throws SQLException {
    stop.run();
    Optional<String> preparation = dialect.prepareReader();
    if (preparation.isPresent()) {
      Sql.execute(connection, preparation.get());
    }
  }
}

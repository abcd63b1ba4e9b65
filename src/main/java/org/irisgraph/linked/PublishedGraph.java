package org.irisgraph.linked;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.irisgraph.graph.ContentHash;
import org.irisgraph.graphrag.GraphSchemaTables;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.linked.PublishedDocuments.Mentions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The linked graph in the tables of iris-vector-graph, as one connection sees them. */
final class PublishedGraph {

  private static final Logger LOG = LoggerFactory.getLogger(PublishedGraph.class);

  /** The type of the edges from a document to the nodes that it mentions. */
  private static final String MENTIONS = "mentions";

  /** Precedes the id of a document in that of its node, as in exported files. */
  private static final String DOCUMENT = "document:";

  /** The most bytes of the id of a document's node; beyond, a hash takes the place of the id. */
  private static final int MAX_BYTES = 240;

  private final LinkedTables linked;
  private final PublishedTables tables;
  private final PublishedRecord.Table records;
  private final PublishedDocuments documents;
  private final Dialect dialect;
  private final String publisher;

  PublishedGraph(
      Connection connection,
      GraphTables graph,
      LinkedTables linked,
      GraphSchemaTables names,
      Dialect dialect)
      throws SQLException {
    this.linked = linked;
    this.dialect = dialect;
    this.tables = PublishedTables.lookUp(connection, names, linked, dialect);
    this.records = new PublishedRecord.Table(linked, names.schema(), dialect);
    this.documents = PublishedDocuments.lookUp(connection, graph, linked, dialect.keyOrder());
    // Another linked graph of the database may be published to the same schema.
    this.publisher = "iris-graph-indexer:" + linked.schema().toUpperCase(Locale.ROOT);
    if (!tables.texts().exists()) {
      LOG.warn("texts are not published: there is no table {}", names.documents());
    }
  }

  /** Whether nothing is missing but what the changes of documents concern. */
  boolean isComplete(Connection connection) throws SQLException {
    return records.isComplete(connection);
  }

  private PublishedDifference difference(Connection connection) {
    return new PublishedDifference(connection, tables, records, dialect, publisher);
  }

  /**
   * What is to be done after changes of documents.
   *
   * @param keys the nodes that the documents had or have
   * @param edges those between these nodes
   */
  PublishedChanges changes(
      Connection connection,
      Set<String> keys,
      Map<String, NodeTotals> nodes,
      Collection<Row> edges,
      Set<String> changed)
      throws SQLException {
    PublishedDifference difference = difference(connection);
    addNodes(difference, keys, nodes);
    difference.addEdges(edges);
    Map<String, Collection<String>> within = new LinkedHashMap<>();
    within.put("s", keys);
    within.put("o_id", keys);
    difference.compareEdges(within);
    addDocuments(
        connection, difference, changed, documents.mentions(connection, NodeRange.of(changed)));
    return difference.changes();
  }

  private static void addNodes(
      PublishedDifference difference, Collection<String> keys, Map<String, NodeTotals> nodes)
      throws SQLException {
    difference.look(keys);
    for (String key : keys) {
      NodeTotals node = nodes.get(key);
      String id = difference.id(key);
      difference.add(
          node == null ? PublishedSubject.gone(id, null) : PublishedSubject.of(id, node));
    }
  }

  private void addDocuments(
      Connection connection,
      PublishedDifference difference,
      Collection<String> ids,
      Map<String, Map<String, Mentions>> mentions)
      throws SQLException {
    List<String> sources = ids.stream().map(PublishedGraph::nodeOf).toList();
    Set<String> ends = new TreeSet<>(sources);
    mentions.values().forEach(ofDocument -> ends.addAll(ofDocument.keySet()));
    difference.look(ends);
    Map<String, PublishedDocuments.Description> described = documents.descriptions(connection, ids);
    for (String document : ids) {
      String source = nodeOf(document);
      Map<String, Mentions> ofDocument = mentions.get(document);
      difference.add(
          ofDocument == null
              ? PublishedSubject.gone(difference.id(source), document)
              : PublishedSubject.of(difference.id(source), document, described.get(document)));
      if (ofDocument != null) {
        ofDocument.forEach(
            (node, found) ->
                difference.addEdge(
                    source, MENTIONS, node, found.confidence(), found.mentions(), 1));
      }
    }
    difference.compareEdges(Map.of("s", sources));
  }

  private static String nodeOf(String document) {
    String id = DOCUMENT + document;
    return id.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
        ? id
        : DOCUMENT + ContentHash.of(document);
  }

  /** Corrects everything in one transaction. */
  @FunctionalInterface
  interface Transaction {
    CorrectedRows run(Step step) throws SQLException;
  }

  /** Finds what is to be done in one transaction. */
  @FunctionalInterface
  interface Step {
    PublishedChanges changes() throws SQLException;
  }

  /** Publishes everything, and removes what is no longer there. Nodes are up to date already. */
  CorrectedRows rebuild(
      Connection connection, DocumentRows rows, int portion, Transaction transaction)
      throws SQLException {
    String entityNodes = linked.entityNodes();
    CorrectedRows all =
        NodeRange.forEachPortion(
            connection,
            entityNodes,
            "node_key",
            portion,
            range ->
                transaction.run(
                    () -> {
                      PublishedDifference difference = difference(connection);
                      Map<String, NodeTotals> nodes =
                          rows.nodes(connection, rows.entities(connection, List.of(range)));
                      addNodes(difference, nodes.keySet(), nodes);
                      return difference.changes();
                    }));
    all =
        all.plus(
            NodeRange.forEachPortion(
                connection,
                entityNodes,
                "node_key",
                portion,
                range -> transaction.run(() -> edges(connection, rows, range))));
    all =
        all.plus(
            NodeRange.forEachPortion(
                connection,
                entityNodes,
                "document_id",
                portion,
                range ->
                    transaction.run(
                        () -> {
                          PublishedDifference difference = difference(connection);
                          Map<String, Map<String, Mentions>> mentions =
                              documents.mentions(connection, List.of(range));
                          addDocuments(connection, difference, mentions.keySet(), mentions);
                          return difference.changes();
                        })));
    all = all.plus(remove(connection, portion, transaction, true));
    records.setComplete(connection);
    return all;
  }

  private PublishedChanges edges(Connection connection, DocumentRows rows, NodeRange range)
      throws SQLException {
    PublishedDifference difference = difference(connection);
    SortedMap<String, LinkedEntity> entities = rows.entities(connection, List.of(range));
    Set<String> keys = new TreeSet<>(dialect.keyOrder());
    entities.values().forEach(entity -> keys.add(entity.node()));
    Collection<Row> edges = rows.edgesFrom(connection, entities, (row, source) -> {}).values();
    Set<String> ends = new TreeSet<>(keys);
    edges.forEach(edge -> ends.addAll(List.of(edge.text(1), edge.text(2))));
    difference.look(ends);
    difference.addEdges(edges);
    difference.compareEdges(Map.of("s", keys));
    return difference.changes();
  }

  /** Removes everything that was published. */
  CorrectedRows unpublish(Connection connection, int portion, Transaction transaction)
      throws SQLException {
    PublishedRecord.setIncomplete(connection, linked.published(), null);
    return remove(connection, portion, transaction, false);
  }

  /** First all edges, so that no edge of ours refers to a node that is to be deleted. */
  private CorrectedRows remove(
      Connection connection, int portion, Transaction transaction, boolean goneOnly)
      throws SQLException {
    CorrectedRows all = CorrectedRows.NONE;
    for (boolean edgesOnly : new boolean[] {true, false}) {
      all =
          all.plus(
              NodeRange.forEachPortion(
                  connection,
                  linked.published(),
                  "record_key",
                  portion,
                  range ->
                      transaction.run(
                          () -> {
                            List<PublishedRecord> found = records.select(connection, range);
                            return removed(
                                connection, goneOnly ? gone(connection, found) : found, edgesOnly);
                          })));
    }
    return all;
  }

  private PublishedChanges removed(
      Connection connection, List<PublishedRecord> found, boolean edgesOnly) throws SQLException {
    PublishedDifference difference = difference(connection);
    List<String> ids = found.stream().map(PublishedRecord::nodeId).toList();
    difference.look(ids);
    if (edgesOnly) {
      difference.compareEdges(Map.of("s", ids));
    } else {
      found.forEach(record -> difference.add(PublishedSubject.gone(record)));
    }
    return difference.changes();
  }

  /** The records of nodes and documents that no longer exist. */
  private List<PublishedRecord> gone(Connection connection, List<PublishedRecord> found)
      throws SQLException {
    List<String> keys = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (PublishedRecord record : found) {
      if (record.document() == null) {
        keys.add(record.nodeId());
      } else {
        ids.add(record.document());
      }
    }
    Set<String> existingNodes = existing(connection, linked.nodes(), List.of("node_key"), keys);
    // The columns that the look-up of changes has: IRIS compiles and keeps each text.
    Set<String> existingDocuments =
        existing(connection, linked.entityNodes(), WaitingChanges.NODES_OF_DOCUMENTS, ids);
    return found.stream()
        .filter(
            record ->
                record.document() == null
                    ? !existingNodes.contains(record.nodeId())
                    : !existingDocuments.contains(record.document()))
        .toList();
  }

  private Set<String> existing(
      Connection connection, String table, List<String> columns, List<String> values)
      throws SQLException {
    Set<String> existing = new TreeSet<>(dialect.keyOrder());
    for (Row row : KeyedRows.select(connection, table, columns, columns.get(0), values)) {
      existing.add(row.text(0));
    }
    return existing;
  }
}

package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.linked.GraphPortion.Part;
import org.jspecify.annotations.Nullable;

/**
 * Divides all nodes into portions, and corrects portions.
 *
 * @param entityNodes the table of entities and their nodes
 * @param size of about so many entities a worker has the rows in memory
 * @param serverFrom if a node has so many entities or more on average, the server sums up; null if
 *     it never does
 */
record GraphPortions(String entityNodes, int size, @Nullable Integer serverFrom) {

  /**
   * From so many entities of a node on, the server sends far fewer rows than it reads. With eight,
   * a million entities had a million edges, and took it twice as long as {@link DocumentRows}.
   */
  static final int ENTITIES_OF_NODE = 100;

  /**
   * The server sums up so many times the entities at once: it reads all relationships each time,
   * but sends far fewer rows.
   */
  private static final int SUMMED_UP = 10;

  /** For each entity of a portion, a worker has room for so many nodes and so many edges. */
  private static final int TOTALS_PER_ENTITY = 3;

  /** Links need the ids of entities and documents only, so that a worker has room for more. */
  private static final int LINKED = 2;

  /**
   * Divides all nodes.
   *
   * @param turn which the rebuild has taken
   * @param links whether links are kept up
   * @param hasLinks whether any is stored
   */
  List<GraphPortion> divide(Connection connection, String turn, boolean links, boolean hasLinks)
      throws SQLException {
    List<NodeRange> ranges = NodeRange.portions(connection, entityNodes, "node_key", size);
    List<GraphPortion> portions = new ArrayList<>();
    if (serverFrom == null || !haveEntities(connection, serverFrom)) {
      add(portions, ranges, Part.EVERYTHING, turn);
      return portions;
    }
    add(portions, NodeRange.joined(ranges, SUMMED_UP), Part.TOTALS, turn);
    if (links) {
      Part part = hasLinks ? Part.LINKS : Part.NEW_LINKS;
      add(portions, NodeRange.joined(ranges, LINKED), part, turn);
    }
    return portions;
  }

  /** Whether nodes have so many entities on average. */
  private boolean haveEntities(Connection connection, int ofNode) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet counts =
            statement.executeQuery(
                "SELECT COUNT(*), SUM(entities) FROM (SELECT COUNT(*) AS entities FROM %s GROUP BY node_key) n"
                    .formatted(entityNodes))) {
      counts.next();
      return counts.getLong(2) >= ofNode * counts.getLong(1);
    }
  }

  private static void add(
      List<GraphPortion> portions, List<NodeRange> ranges, Part part, String turn) {
    for (NodeRange range : ranges) {
      portions.add(new GraphPortion(range, part, portions.size(), turn));
    }
  }

  /**
   * Corrects a portion.
   *
   * @param connection without a time limit: a server that sums up sends nothing for long
   */
  CorrectedRows correct(
      Connection connection,
      GraphPortion portion,
      GraphComparison comparison,
      GroupedRows server,
      GraphTransaction transaction)
      throws SQLException {
    NodeRange nodes = portion.nodes();
    if (portion.part() == Part.EVERYTHING) {
      return transaction.run(
          connection, () -> comparison.corrections(connection, nodes), List.of());
    }
    if (portion.part() == Part.TOTALS) {
      return correctTotals(connection, nodes, comparison, server, transaction);
    }
    boolean areStored = portion.part() == Part.LINKS;
    return transaction.run(
        connection, () -> comparison.links(connection, server, nodes, areStored), List.of());
  }

  /**
   * Corrects the nodes of a range and the edges that lead from them, without the server if they are
   * too many for the memory.
   */
  private CorrectedRows correctTotals(
      Connection connection,
      NodeRange range,
      GraphComparison comparison,
      GroupedRows server,
      GraphTransaction transaction)
      throws SQLException {
    int most = TOTALS_PER_ENTITY * size;
    GraphComparison withoutLinks = comparison.withoutLinks();
    try {
      return transaction.run(
          connection, () -> withoutLinks.totals(connection, server, range, most), List.of());
    } catch (GroupedRows.TooManyException e) {
      CorrectedRows all = CorrectedRows.NONE;
      for (NodeRange part : range.portionsWithin(connection, entityNodes, "node_key", size)) {
        all =
            all.plus(
                transaction.run(
                    connection, () -> withoutLinks.corrections(connection, part), List.of()));
      }
      return all;
    }
  }
}

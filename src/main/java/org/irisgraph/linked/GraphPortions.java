package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.jdbc.NetworkTimeout;
import org.irisgraph.linked.GraphPortion.Part;

/**
 * Divides all nodes into portions, and corrects portions.
 *
 * @param entityNodes the table of entities and their nodes
 * @param size of about so many entities a worker has the rows in memory
 * @param serverSumsUp whether {@link GroupedRows} are read
 */
record GraphPortions(String entityNodes, int size, boolean serverSumsUp) {

  /**
   * The server sums up so many times the entities at once: it reads all relationships each time,
   * but sends far fewer rows.
   */
  private static final int SUMMED_UP = 10;

  /** For each entity of a portion, a worker has room for so many nodes and so many edges. */
  private static final int TOTALS_PER_ENTITY = 3;

  /** In so many parts a range is divided that has more. */
  private static final int PARTS = 4;

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
    if (!serverSumsUp) {
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

  private static void add(
      List<GraphPortion> portions, List<NodeRange> ranges, Part part, String turn) {
    for (NodeRange range : ranges) {
      portions.add(new GraphPortion(range, part, portions.size(), turn));
    }
  }

  /** Corrects a portion. */
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
      return NetworkTimeout.without(
          connection,
          open -> correctTotals(open, nodes, SUMMED_UP * size, comparison, server, transaction));
    }
    boolean areStored = portion.part() == Part.LINKS;
    return NetworkTimeout.without(
        connection,
        open ->
            transaction.run(
                open, () -> comparison.links(open, server, nodes, areStored), List.of()));
  }

  /**
   * Corrects the nodes of a range and the edges that lead from them; in several smaller ranges if
   * they are too many for the memory.
   *
   * @param entities how many the range has, about
   */
  private CorrectedRows correctTotals(
      Connection connection,
      NodeRange range,
      int entities,
      GraphComparison comparison,
      GroupedRows server,
      GraphTransaction transaction)
      throws SQLException {
    int most = entities <= size ? Integer.MAX_VALUE : TOTALS_PER_ENTITY * size;
    try {
      return transaction.run(
          connection, () -> comparison.totals(connection, server, range, most), List.of());
    } catch (GroupedRows.TooManyException e) {
      int fewer = entities / PARTS;
      CorrectedRows all = CorrectedRows.NONE;
      for (NodeRange part : range.portionsWithin(connection, entityNodes, "node_key", fewer)) {
        all = all.plus(correctTotals(connection, part, fewer, comparison, server, transaction));
      }
      return all;
    }
  }
}

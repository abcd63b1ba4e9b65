package org.irisgraph.graphrag;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.irisgraph.iris.spec.ChangeLog;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;

/**
 * Records changed documents for the linked graph, with the nodes that they had before. Each row has
 * a key of its own, so that no writer waits for another, and removing a processed row removes no
 * later change of the same document.
 *
 * @param tables where to record
 */
public record GraphChangeLog(LinkedTables tables) implements ChangeLog {

  /** Separates node keys, which have no control characters. */
  public static final String SEPARATOR = "\n";

  /** In bytes of UTF-8: an index of IRIS holds any id that is not longer, whatever its name is. */
  private static final int SHORT_ID = 255;

  /**
   * Notes that a run that links no entities has changed documents: whoever links next looks at
   * everything. A rebuild may be about to delete earlier notes, so that each has a row of its own.
   */
  public void noteUnrecorded(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO %s (change_key) VALUES (?)".formatted(tables.changes()))) {
      KeyedRows.bind(statement, UUID.randomUUID().toString());
      statement.executeUpdate();
    }
  }

  /** Whether somebody has noted that. */
  public boolean isAnyUnrecorded(Connection connection) throws SQLException {
    return KeyedRows.isAny(
        connection, "%s WHERE %s".formatted(tables.changes(), LinkedTables.IS_UNRECORDED));
  }

  /** Whether a document can certainly be looked up by its id. */
  static boolean isShort(String id) {
    return id.getBytes(UTF_8).length <= SHORT_ID;
  }

  @Override
  public void record(Connection connection, Collection<String> added, Collection<String> replaced)
      throws SQLException {
    // The linked graph is brought up to date by the ids that are recorded, and IRIS refuses to look
    // up one that is too long for an index: such a document has to be refused here.
    List<String> lookedUp = new ArrayList<>(replaced);
    added.stream().filter(id -> !isShort(id)).forEach(lookedUp::add);
    Map<String, Set<String>> nodes = new LinkedHashMap<>();
    added.forEach(document -> nodes.put(document, Set.of()));
    replaced.forEach(document -> nodes.put(document, new TreeSet<>()));
    for (Row row :
        KeyedRows.select(
            connection,
            tables.entityNodes(),
            List.of("document_id", "node_key"),
            "document_id",
            lookedUp)) {
      // A collation may take other ids for equal.
      nodes.computeIfAbsent(row.text(0), document -> new TreeSet<>()).add(row.text(1));
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO %s (change_key, document_id, node_keys) VALUES (?, ?, ?)"
                .formatted(tables.changes()))) {
      for (Map.Entry<String, Set<String>> change : nodes.entrySet()) {
        KeyedRows.bind(
            statement,
            UUID.randomUUID().toString(),
            change.getKey(),
            change.getValue().isEmpty() ? null : String.join(SEPARATOR, change.getValue()));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}

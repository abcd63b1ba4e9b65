package org.irisgraph.graphrag;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.irisgraph.iris.spec.ChangeLog;
import org.irisgraph.jdbc.KeyedRows;

/**
 * Notes that a run that links no entities replaces or deletes documents that an earlier one has
 * linked.
 *
 * @param tables of the linked graph
 */
public record UnlinkedChanges(LinkedTables tables) implements ChangeLog {

  @Override
  public void record(Connection connection, Collection<String> added, Collection<String> replaced)
      throws SQLException {
    GraphChangeLog changes = new GraphChangeLog(tables);
    if (!replaced.isEmpty()
        && !changes.isAnyUnrecorded(connection)
        && mayBeLinked(connection, replaced)) {
      changes.noteUnrecorded(connection);
    }
  }

  private boolean mayBeLinked(Connection connection, Collection<String> documents)
      throws SQLException {
    return !documents.stream().allMatch(GraphChangeLog::isShort)
        || !KeyedRows.select(
                connection,
                tables.entityNodes(),
                List.of("document_id", "node_key"),
                "document_id",
                documents)
            .isEmpty();
  }
}

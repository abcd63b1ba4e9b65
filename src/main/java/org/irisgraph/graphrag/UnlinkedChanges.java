package org.irisgraph.graphrag;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.irisgraph.iris.spec.ChangeLog;
import org.irisgraph.jdbc.InList;
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
    if (mayBeLinked(connection, replaced)) {
      new GraphChangeLog(tables).noteUnrecorded(connection);
    }
  }

  private boolean mayBeLinked(Connection connection, Collection<String> documents)
      throws SQLException {
    if (!documents.stream().allMatch(GraphChangeLog::isShort)) {
      return true;
    }
    for (InList list : InList.of(documents)) {
      String isOne = "document_id IN (%s)".formatted(list.markers());
      if (!KeyedRows.someWhere(
              connection, tables.entityNodes(), List.of("document_id"), isOne, list.parameters(), 1)
          .isEmpty()) {
        return true;
      }
    }
    return false;
  }
}

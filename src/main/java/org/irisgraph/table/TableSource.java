package org.irisgraph.table;

import java.io.Serializable;
import java.util.List;
import org.irisgraph.document.RowReader;
import org.irisgraph.jdbc.ConnectionSettings;
import org.jspecify.annotations.Nullable;

/**
 * A described table or query whose rows are documents; travels with the job to its workers.
 *
 * @param connection the database
 * @param from the FROM clause
 * @param isQuery whether that is a query, which each range executes again
 * @param columns the columns to read, the id first
 * @param keyType how the id is bound
 * @param documents the table that the documents must be rows of, if they are indexed in place by a
 *     query; else null
 * @param reader makes documents from rows
 */
public record TableSource(
    ConnectionSettings connection,
    String from,
    boolean isQuery,
    List<Column> columns,
    KeyType keyType,
    @Nullable String documents,
    RowReader reader)
    implements Serializable {

  /** The part of the document that a column holds. */
  enum Role {
    ID,
    TEXT,
    TITLE,
    METADATA,
    FIELD
  }

  /**
   * A column of the result.
   *
   * @param quoted the name in a statement
   * @param type one of {@link java.sql.Types}
   */
  record Column(String name, String quoted, Role role, int type) implements Serializable {}

  public TableSource {
    columns = List.copyOf(columns);
  }

  /** The source of its documents' origins. */
  public String name() {
    return reader.source();
  }

  /** The id column. */
  Column key() {
    return columns.get(0);
  }
}

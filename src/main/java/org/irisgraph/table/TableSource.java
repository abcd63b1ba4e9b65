package org.irisgraph.table;

import java.io.Serializable;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.irisgraph.document.RowReader;
import org.irisgraph.jdbc.ConnectionSettings;

/**
 * A table or a query whose rows are documents, once it has been looked at: what a job carries to
 * the workers that read it.
 *
 * @param connection the database
 * @param from what stands behind FROM
 * @param isQuery whether that is a query, which each range asks again
 * @param columns what is read of a row, the id first
 * @param keyType how the id is compared
 * @param documents the table whose rows the documents are to be, if they are indexed in place and
 *     {@code from} might give others; else null
 * @param reader makes documents of rows
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

  /** What a column is to the document. */
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
   * @param quoted the name as a statement has it
   * @param type one of {@link java.sql.Types}
   */
  record Column(String name, String quoted, Role role, int type) implements Serializable {}

  public TableSource {
    columns = List.copyOf(columns);
  }

  /** What the origins of its documents name. */
  public String name() {
    return reader.source();
  }

  /** The column that tells rows apart. */
  Column key() {
    return columns.get(0);
  }
}

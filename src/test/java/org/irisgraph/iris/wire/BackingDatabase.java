package org.irisgraph.iris.wire;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The H2 behind the stand-in, in memory and its own.
 *
 * <p>Identifiers keep the case in which they were declared and are found in any, as on the server.
 */
final class BackingDatabase implements AutoCloseable {
  /** Where the functions and catalog views are that H2 lacks. */
  static final String SCHEMA = "STANDIN";

  /** Where a table without a schema is found, on the server and here. */
  private static final String DEFAULT_SCHEMA = "SQLUser";

  private static final String[] FOUNDATION = {
    "SET COLLATION CHARSET_" + TrailingBlanksCharset.NAME,
    "CREATE SCHEMA " + DEFAULT_SCHEMA,
    "CREATE SCHEMA " + SCHEMA,
    alias("TO_VECTOR", "toVector"),
    alias("DIMENSIONS", "dimensions"),
    alias("VECTOR_DOT_PRODUCT", "dotProduct"),
    alias("VECTOR_COSINE", "cosine"),
    """
    CREATE VIEW STANDIN.COLUMNS AS
    SELECT CAST(T.TABLE_SCHEMA AS VARCHAR_IGNORECASE) AS TABLE_SCHEMA,
      CAST(T.TABLE_NAME AS VARCHAR_IGNORECASE) AS TABLE_NAME,
      COLUMN_NAME, CAST(ORDINAL_POSITION AS INTEGER) AS ORDINAL_POSITION,
      CASE
        WHEN DOMAIN_NAME LIKE 'VECTOR%' THEN 'vector'
        WHEN DATA_TYPE IN ('CHARACTER VARYING', 'VARCHAR_IGNORECASE') THEN 'varchar'
        WHEN DATA_TYPE = 'CHARACTER LARGE OBJECT' THEN 'longvarchar'
        WHEN DATA_TYPE = 'BINARY LARGE OBJECT' THEN 'longvarbinary'
        WHEN DATA_TYPE = 'DOUBLE PRECISION' THEN 'double'
        WHEN DATA_TYPE = 'BOOLEAN' THEN 'bit'
        ELSE LOWER(DATA_TYPE)
      END AS DATA_TYPE,
      CASE
        WHEN DOMAIN_NAME LIKE 'VECTOR%' OR DATA_TYPE LIKE '%LARGE OBJECT' THEN NULL
        ELSE CAST(CHARACTER_MAXIMUM_LENGTH AS INTEGER)
      END AS CHARACTER_MAXIMUM_LENGTH,
      IS_NULLABLE, COLUMN_DEFAULT, IS_IDENTITY, IS_GENERATED
    FROM INFORMATION_SCHEMA.TABLES T
    JOIN INFORMATION_SCHEMA.COLUMNS C
      ON T.TABLE_NAME = C.TABLE_NAME AND T.TABLE_SCHEMA = C.TABLE_SCHEMA
    WHERE T.TABLE_SCHEMA NOT IN ('INFORMATION_SCHEMA', 'STANDIN')
    """,
    """
    CREATE VIEW STANDIN.INDEXES AS
    SELECT CAST(I.TABLE_SCHEMA AS VARCHAR_IGNORECASE) AS TABLE_SCHEMA,
      CAST(I.TABLE_NAME AS VARCHAR_IGNORECASE) AS TABLE_NAME, I.INDEX_NAME, C.COLUMN_NAME,
      CAST(C.ORDINAL_POSITION AS INTEGER) AS ORDINAL_POSITION,
      CASE WHEN C.IS_UNIQUE THEN 0 ELSE 1 END AS NON_UNIQUE,
      CASE WHEN I.INDEX_TYPE_NAME = 'PRIMARY KEY' THEN 1 ELSE 0 END AS PRIMARY_KEY
    FROM INFORMATION_SCHEMA.INDEXES I
    JOIN INFORMATION_SCHEMA.INDEX_COLUMNS C
      ON I.TABLE_NAME = C.TABLE_NAME AND I.INDEX_SCHEMA = C.INDEX_SCHEMA
      AND I.INDEX_NAME = C.INDEX_NAME
    """,
    """
    CREATE VIEW STANDIN.COMPILED_PROPERTY AS
    SELECT CASE TABLE_SCHEMA WHEN 'SQLUser' THEN 'User' ELSE REPLACE(TABLE_SCHEMA, '_', '.') END
        || '.' || REPLACE(TABLE_NAME, '_', '') AS PARENT,
      REGEXP_REPLACE(COLUMN_NAME, '[^A-Za-z0-9]', '') AS NAME,
      REGEXP_REPLACE(DOMAIN_NAME, 'VECTOR_([A-Z]+)_([0-9]+)', 'DATATYPE,$1,LEN,$2') AS PARAMETERS
    FROM INFORMATION_SCHEMA.COLUMNS
    WHERE DOMAIN_NAME LIKE 'VECTOR%'
    """
  };

  private static final String UNIQUE_KEYS =
      """
      SELECT C.CONSTRAINT_NAME, K.COLUMN_NAME
      FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS C
      JOIN INFORMATION_SCHEMA.KEY_COLUMN_USAGE K
        ON C.TABLE_NAME = K.TABLE_NAME AND C.CONSTRAINT_SCHEMA = K.CONSTRAINT_SCHEMA
        AND C.CONSTRAINT_NAME = K.CONSTRAINT_NAME
      WHERE C.TABLE_SCHEMA = ? AND C.TABLE_NAME = ?
        AND C.CONSTRAINT_TYPE IN ('PRIMARY KEY', 'UNIQUE')
      ORDER BY C.CONSTRAINT_TYPE, C.CONSTRAINT_NAME, K.ORDINAL_POSITION
      """;

  private final String url;

  /** Keeps the database alive between the sessions. */
  private final Connection anchor;

  BackingDatabase(int lockTimeoutMillis) throws SQLException {
    url =
        "jdbc:h2:mem:iris-%s;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;NON_KEYWORDS=KEY;LOCK_TIMEOUT=%d"
            .formatted(UUID.randomUUID(), lockTimeoutMillis);
    anchor = DriverManager.getConnection(url);
    for (String statement : FOUNDATION) {
      run(anchor, statement);
    }
    anchor.setSchema(DEFAULT_SCHEMA);
  }

  /** A new connection, to be closed by the caller. */
  Connection connect() throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    connection.setSchema(DEFAULT_SCHEMA);
    return connection;
  }

  /** Runs a statement in the server's SQL, and commits. */
  synchronized void execute(String sql) throws SQLException {
    run(anchor, new SqlTranslator(table -> uniqueKeys(anchor, table)).translate(sql));
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The columns of the table's unique constraints, those of the primary key first. */
  static List<List<String>> uniqueKeys(Connection connection, String table) {
    String qualified = table.indexOf('.') < 0 ? DEFAULT_SCHEMA + '.' + table : table;
    Map<String, List<String>> keys = new LinkedHashMap<>();
    try {
      for (List<String> row : Catalog.rows(connection, UNIQUE_KEYS, qualified)) {
        keys.computeIfAbsent(row.get(0), name -> new ArrayList<>()).add(row.get(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the unique constraints of " + table, e);
    }
    return List.copyOf(keys.values());
  }

  private static String alias(String name, String method) {
    return "CREATE ALIAS %s.%s FOR '%s.%s'"
        .formatted(SCHEMA, name, VectorFunctions.class.getName(), method);
  }

  @Override
  public void close() throws SQLException {
    Catalog.forget(anchor);
    run(anchor, "SHUTDOWN IMMEDIATELY");
  }
}

package org.irisgraph.table;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/** Binds a key, which is kept as text, in the type of its column. */
enum KeyType {
  TEXT {
    @Override
    void bind(PreparedStatement statement, int index, String key) throws SQLException {
      statement.setString(index, key);
    }
  },
  WHOLE_NUMBER {
    @Override
    void bind(PreparedStatement statement, int index, String key) throws SQLException {
      statement.setLong(index, Long.parseLong(key));
    }
  },
  DECIMAL {
    @Override
    void bind(PreparedStatement statement, int index, String key) throws SQLException {
      statement.setBigDecimal(index, new BigDecimal(key));
    }
  },
  /** For example PostgreSQL's UUID: the server converts the text. */
  OTHER {
    @Override
    void bind(PreparedStatement statement, int index, String key) throws SQLException {
      statement.setObject(index, key, Types.OTHER);
    }
  };

  /** The key type for a type of {@link Types}. */
  static KeyType of(int type) {
    return switch (type) {
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> WHOLE_NUMBER;
      case Types.NUMERIC, Types.DECIMAL -> DECIMAL;
      case Types.OTHER -> OTHER;
      default -> TEXT;
    };
  }

  abstract void bind(PreparedStatement statement, int index, String key) throws SQLException;
}

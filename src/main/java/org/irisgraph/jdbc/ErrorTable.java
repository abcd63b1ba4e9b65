package org.irisgraph.jdbc;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.irisgraph.base.BundledTable;

/**
 * The classes of errors by database and code, from the resource {@code error-classes.tsv}, which
 * has the source of each. A code of two characters is a class of SQLStates; a code of its own goes
 * before its class.
 */
final class ErrorTable {

  static final String STANDARD = "SQL";
  static final String POSTGRESQL = "PostgreSQL";
  static final String H2 = "H2";
  static final String IRIS = "IRIS";

  private static final int STATE_CLASS = 2;
  private static final List<Entry> ENTRIES = read();
  private static final Map<String, ErrorClass> CLASSES = index();

  private ErrorTable() {}

  /**
   * A row of the table.
   *
   * @param code an SQLState or its class, or the database's error code
   * @param source where the meaning is documented
   */
  record Entry(
      String database, String code, ErrorClass errorClass, String meaning, String source) {}

  /** All rows. */
  static List<Entry> entries() {
    return ENTRIES;
  }

  /** The class of a database's code, empty if the table does not have it. */
  static Optional<ErrorClass> byCode(String database, int code) {
    return Optional.ofNullable(CLASSES.get(database + code));
  }

  /** The class of an SQLState: of the state itself, of its class, or by the standard. */
  static ErrorClass byState(String database, SQLException exception) {
    String state = exception.getSQLState();
    if (state == null || state.length() < STATE_CLASS) {
      return ErrorClass.UNKNOWN;
    }
    String stateClass = state.substring(0, STATE_CLASS);
    for (String key :
        List.of(database + state, database + stateClass, STANDARD + state, STANDARD + stateClass)) {
      ErrorClass found = CLASSES.get(key);
      if (found != null) {
        return found;
      }
    }
    return ErrorClass.UNKNOWN;
  }

  private static Map<String, ErrorClass> index() {
    Map<String, ErrorClass> classes = new HashMap<>();
    for (Entry entry : ENTRIES) {
      if (classes.put(entry.database() + entry.code(), entry.errorClass()) != null) {
        throw new IllegalStateException("twice in error-classes.tsv: " + entry);
      }
    }
    return Map.copyOf(classes);
  }

  private static List<Entry> read() {
    return BundledTable.rows(ErrorTable.class, "error-classes.tsv").stream()
        .map(c -> new Entry(c[0], c[1], ErrorClass.valueOf(c[2]), c[3], c[4]))
        .toList();
  }
}

package org.irisgraph.iris.spec;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.irisgraph.jdbc.Row;

/**
 * A table that records the outcome of each element, in the transaction that stores the element's
 * rows. It is looked up before anything is written, and decides what to do with each element.
 *
 * @param <T> the type of the elements
 */
public interface OutcomeTable<T> extends Serializable {

  /** The table, {@code SCHEMA.TABLE}. */
  String table();

  /** All its columns, in the order of each row's values. */
  List<String> columns();

  /** The column of its primary key. */
  String key();

  /** The rows to look up before the decision about an element: the values to find, by column. */
  Map<String, Set<String>> lookUps(T element);

  /** Decides what to do with an element from the rows that were found for it. */
  WriteDecision decide(T element, List<Row> found);

  /**
   * The row to record for an element, if any.
   *
   * @param found the rows that the decision was made from
   * @param result the element's outcome
   */
  Optional<Row> row(T element, List<Row> found, Result result);

  /** The columns that become null when {@linkplain WriteDecision#newContent content} changes. */
  default Optional<DerivedColumns> derived() {
    return Optional.empty();
  }

  /**
   * The element to record in place of one whose row the table refuses: nothing of it is stored, and
   * its row has the reason.
   *
   * @param code the database's code
   */
  T refused(T element, String code, String message);

  /**
   * The row in place of one that the table refuses, with the same key and with values that every
   * database can hold: short texts of ASCII characters.
   */
  Row storable(Row row);

  /**
   * The outcome of an element.
   *
   * @param state whether the element is stored
   * @param decision the decision about it
   * @param rejected its rejected rows, or the only reason why nothing of it is stored
   * @param committed the number of its stored rows in each table
   * @param missing the number of its rows in each table that are not stored
   * @param storageMillis its share of its batch's time
   */
  record Result(
      State state,
      WriteDecision decision,
      List<RejectedRow> rejected,
      Map<String, Integer> committed,
      Map<String, Integer> missing,
      double storageMillis) {}

  /** Whether an element is stored. */
  enum State {
    /** All rows that are not rejected are stored. */
    STORED,
    /** The element takes several transactions, and the last is yet to come. */
    INCOMPLETE,
    /** Nothing of the element is stored. */
    REJECTED
  }
}

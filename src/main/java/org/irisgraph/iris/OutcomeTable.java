package org.irisgraph.iris;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.irisgraph.jdbc.Row;

/**
 * A table with a row for each element that says what became of it, in the same transaction as the
 * rows that it speaks of. It is looked up before anything is written and decides what is done.
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

  /**
   * The rows that must be known before it is decided what to do with an element: for a column, the
   * values to look for.
   */
  Map<String, Set<String>> lookUps(T element);

  /** Decides what to do with an element, given the rows that were found for it. */
  WriteDecision decide(T element, List<Row> found);

  /**
   * The row to record for an element, if any.
   *
   * @param found the rows that the decision was made from
   * @param result what became of the element
   */
  Optional<Row> row(T element, List<Row> found, Result result);

  /**
   * What became of an element.
   *
   * @param state whether it is stored
   * @param decision what was decided of it
   * @param rejected its rejected rows, or the one reason why nothing of it is stored
   * @param committed the number of its rows in each table
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
    /** All of it that can be. */
    STORED,
    /** It takes several transactions, of which the last is yet to come. */
    INCOMPLETE,
    /** Nothing of it. */
    REJECTED
  }
}

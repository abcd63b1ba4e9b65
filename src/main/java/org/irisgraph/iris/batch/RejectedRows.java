package org.irisgraph.iris.batch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.irisgraph.iris.spec.RejectedRow;

/** The rejected rows of an element. Those that are not confirmed go with a failed attempt. */
final class RejectedRows {

  private record Place(int table, String id) {}

  /** In the order of the rejections. */
  private final Map<Place, RejectedRow> rows = new LinkedHashMap<>();

  private int confirmed;

  /** Adds a row, unless it is rejected already. */
  void add(int table, String id, RejectedRow row) {
    rows.putIfAbsent(new Place(table, id), row);
  }

  boolean contains(int table, String id) {
    // Most elements have none.
    return !rows.isEmpty() && rows.containsKey(new Place(table, id));
  }

  Optional<RejectedRow> find(int table, String id) {
    return Optional.ofNullable(rows.get(new Place(table, id)));
  }

  int size() {
    return rows.size();
  }

  int size(int table) {
    return rows.isEmpty()
        ? 0
        : (int) rows.keySet().stream().filter(place -> place.table() == table).count();
  }

  List<RejectedRow> all() {
    return List.copyOf(rows.values());
  }

  /** Makes the rejections so far final. */
  void confirm() {
    confirmed = rows.size();
  }

  /** Takes back those since the last confirmation. */
  void discard() {
    List<Place> places = List.copyOf(rows.keySet());
    places.subList(confirmed, places.size()).forEach(rows::remove);
  }
}

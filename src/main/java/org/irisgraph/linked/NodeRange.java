package org.irisgraph.linked;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.irisgraph.jdbc.InList;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a column of node keys, and its parameters.
 *
 * @param condition with {@code %s} for the column
 */
record NodeRange(String condition, List<String> parameters) {

  /** Less than any key. */
  static final String START = " ";

  /** The keys after one, up to another, or to the end if that is null. */
  static NodeRange between(String after, @Nullable String upTo) {
    return upTo == null
        ? new NodeRange("%s > ?", List.of(after))
        : new NodeRange("%1$s > ? AND %1$s <= ?", List.of(after, upTo));
  }

  /** These keys; there may be several conditions, since a list has a longest length. */
  static List<NodeRange> of(Collection<String> keys) {
    List<NodeRange> ranges = new ArrayList<>();
    for (InList list : InList.of(keys)) {
      ranges.add(new NodeRange("%s IN (" + list.markers() + ")", list.parameters()));
    }
    return ranges;
  }

  String on(String column) {
    return condition.formatted(column);
  }
}

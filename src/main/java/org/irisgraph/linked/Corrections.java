package org.irisgraph.linked;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done so that the tables of the linked graph agree with the documents.
 *
 * @param nodes null, like each of the others, if they are not compared
 */
record Corrections(
    StoredRows.@Nullable Difference nodes,
    StoredRows.@Nullable Difference edges,
    StoredRows.@Nullable Difference sameAs,
    @Nullable PublishedChanges published) {

  static Corrections ofSameAs(StoredRows.Difference links) {
    return new Corrections(null, null, links, null);
  }

  static Corrections ofPublished(PublishedChanges changes) {
    return new Corrections(null, null, null, changes);
  }

  List<Correction> all() {
    return Stream.of(nodes, edges, sameAs, published)
        .filter(Objects::nonNull)
        .map(Correction.class::cast)
        .toList();
  }

  CorrectedRows changes() {
    return new CorrectedRows(
        written(nodes),
        deleted(nodes),
        written(edges),
        deleted(edges),
        written(sameAs),
        deleted(sameAs),
        published == null ? 0 : published.written(),
        published == null ? 0 : published.deleted());
  }

  private static long written(StoredRows.@Nullable Difference difference) {
    return difference == null ? 0 : difference.written().size();
  }

  private static long deleted(StoredRows.@Nullable Difference difference) {
    return difference == null ? 0 : difference.deleted().size();
  }
}

package org.irisgraph.linked;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done so that the tables of the linked graph agree with the documents.
 *
 * @param sameAs null if there are no links to keep up
 * @param published null if the graph is not published
 */
record Corrections(
    StoredRows.Difference nodes,
    StoredRows.Difference edges,
    StoredRows.@Nullable Difference sameAs,
    @Nullable PublishedChanges published) {

  List<Correction> all() {
    return Stream.of(nodes, edges, sameAs, published)
        .filter(Objects::nonNull)
        .map(Correction.class::cast)
        .toList();
  }

  CorrectedRows changes() {
    return new CorrectedRows(
        nodes.written().size(),
        nodes.deleted().size(),
        edges.written().size(),
        edges.deleted().size(),
        sameAs == null ? 0 : sameAs.written().size(),
        sameAs == null ? 0 : sameAs.deleted().size(),
        published == null ? 0 : published.written(),
        published == null ? 0 : published.deleted());
  }
}

package org.irisgraph.graphrag;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.graph.Passage;
import org.irisgraph.graph.PassageIds;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of passages, as iris-vector-rag's readers know them: where the passage is in its
 * document, and then what is known of the document.
 */
public final class PassageMetadata {

  private PassageMetadata() {}

  /**
   * What of a document's metadata fits beside that of its passages.
   *
   * @param maxLength the longest metadata of a row, in characters
   * @return no JSON if the metadata of its passages alone does not fit
   */
  public static Metadata.Fitted fit(
      Map<String, @Nullable Object> document,
      String documentId,
      List<Passage> passages,
      int maxLength) {
    int last = passages.size() - 1;
    Map<String, @Nullable Object> longest = place(documentId, last, passages.get(last));
    Map<String, @Nullable Object> beside = new LinkedHashMap<>(document);
    beside.keySet().removeAll(longest.keySet());
    // Two objects become one: a comma replaces two braces.
    int room = maxLength - Metadata.toJson(longest).length() + 1;
    Metadata.Fitted fitted = Metadata.fit(beside, room);
    return fitted.json() == null && room > 0 ? new Metadata.Fitted("{}", fitted.keysCut()) : fitted;
  }

  /**
   * The metadata of a passage as JSON.
   *
   * @param index its number, from 0
   * @param document what fits of the document's, see {@link #fit}
   */
  static String of(String documentId, int index, Passage passage, String document) {
    String place = Metadata.toJson(place(documentId, index, passage));
    return document.equals("{}")
        ? place
        : place.substring(0, place.length() - 1) + ',' + document.substring(1);
  }

  private static Map<String, @Nullable Object> place(
      String documentId, int index, Passage passage) {
    Map<String, @Nullable Object> place = new LinkedHashMap<>();
    place.put("parent_doc_id", documentId);
    // Its filters know the parent by this key.
    place.put("parent_document_id", documentId);
    place.put("chunk_index", index);
    place.put("chunk_strategy", PassageIds.STRATEGY);
    place.put("start_pos", passage.start());
    place.put("end_pos", passage.end());
    return place;
  }
}

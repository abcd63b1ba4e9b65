package org.irisgraph.extract.setup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.irisgraph.extract.CombinedExtractor;
import org.irisgraph.extract.EntityNodes;
import org.irisgraph.extract.GraphExtractor;
import org.irisgraph.extract.Passages;
import org.irisgraph.extract.SentenceSplitter;
import org.irisgraph.graph.ContentHash;

/**
 * What the results of extraction depend on.
 *
 * @param fingerprint a hash of it
 * @param formerFingerprints embedding models, which were a part of it in earlier versions, by the
 *     hashes with them
 */
record ExtractionIdentity(String fingerprint, Map<String, String> formerFingerprints) {

  /** That of extractors and relations, each with its version and files, and the settings. */
  static ExtractionIdentity of(List<String> extractors, ExtractionSettings settings) {
    List<String> parts = new ArrayList<>(extractors);
    parts.add("combined " + CombinedExtractor.VERSION);
    parts.add("sentences " + SentenceSplitter.VERSION);
    parts.add("graph " + GraphExtractor.VERSION);
    if (settings.linksEntities()) {
      parts.add("nodes " + EntityNodes.VERSION + " " + new TreeSet<>(settings.nodeRules()));
    }
    if (settings.hasSameAs()) {
      // Not what is extracted, but what is derived from it: a change is for all documents.
      parts.add("same_as");
    }
    if (settings.evidence()) {
      parts.add("evidence");
    }
    int placeOfModel = parts.size();
    Passages passages = settings.passages();
    if (passages != null) {
      parts.add(
          "passages %s %s %s".formatted(Passages.VERSION, passages.size(), passages.overlap()));
    }
    parts.add("maxRelationshipsPerSentence " + settings.maxRelationshipsPerSentence());
    Map<String, String> former = new HashMap<>();
    for (String model : settings.embeddings()) {
      List<String> withModel = new ArrayList<>(parts);
      withModel.add(placeOfModel, "embedding " + model);
      former.put(hash(withModel), model);
    }
    return new ExtractionIdentity(hash(parts), Map.copyOf(former));
  }

  private static String hash(List<String> parts) {
    return ContentHash.of(String.join("\n", parts));
  }
}

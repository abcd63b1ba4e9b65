package org.irisgraph.ledger;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import org.irisgraph.graph.ContentHash;

/**
 * What a document in the tables was made with: how it was extracted, and which model computed its
 * vectors. The ledger keeps both in one column, so that a change of the model is known to be one.
 *
 * @param extraction SHA-256, in lower-case hexadecimal, of all settings that affect extraction
 * @param model the identity of the embedding model; empty if no vectors are computed
 * @param former the models by what earlier versions kept in the ledger for this extraction and a
 *     model: one hash of both
 */
public record Fingerprint(String extraction, String model, Map<String, String> former)
    implements Serializable {

  /** Characters of each hash that are kept if there are two, in a column for one. */
  private static final int HALF = 32;

  public Fingerprint {
    Objects.requireNonNull(extraction, "extraction");
    Objects.requireNonNull(model, "model");
    former = Map.copyOf(former);
  }

  /** That of documents without vectors. */
  public static Fingerprint of(String extraction) {
    return new Fingerprint(extraction, "", Map.of());
  }

  /** The value in the ledger. */
  String stored() {
    return model.isEmpty() ? extraction : half(extraction) + half(ContentHash.of(model));
  }

  /** Whether a value in the ledger is of the same extraction, whatever the model. */
  public boolean isSameExtraction(String stored) {
    return stored.equals(extraction)
        || former.containsKey(stored)
        || (extraction.length() == 2 * HALF
            && stored.length() == 2 * HALF
            && half(stored).equals(half(extraction)));
  }

  /** Whether a value in the ledger is of the same extraction and the same model. */
  boolean isSame(String stored) {
    return stored.equals(stored()) || (!model.isEmpty() && model.equals(former.get(stored)));
  }

  /**
   * Whether the vectors of a document of the same extraction are to be computed again. Without a
   * model, vectors are left as they are.
   */
  boolean isOutdated(String stored) {
    return !model.isEmpty() && !isSame(stored);
  }

  private static String half(String hash) {
    return hash.substring(0, Math.min(HALF, hash.length()));
  }
}

package org.irisgraph.extract.ner;

import java.util.Set;

/**
 * What is particular to the names of a model.
 *
 * @param properNames whether they are proper names, rather than terms: capitals matter, and none
 *     goes on over the end of a sentence
 * @param unreported types that are learned, so that names of other types are not mistaken for them,
 *     but not reported
 */
public record ModelTraits(boolean properNames, Set<String> unreported) {

  /** Terms, as those of medicine, of types that are all reported. */
  public static final ModelTraits TERMS = new ModelTraits(false, Set.of());

  public ModelTraits {
    unreported = Set.copyOf(unreported);
  }
}

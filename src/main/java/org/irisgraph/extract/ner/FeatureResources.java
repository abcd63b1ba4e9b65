package org.irisgraph.extract.ner;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What features are looked up in, besides the text: made before the training, kept in the model.
 */
final class FeatureResources {

  private final Lexicon terms;
  private final List<Lexicon> lexicons;
  private final WordFeatures wordFeatures;

  /**
   * @param terms names of a vocabulary
   * @param trainingNames for each type the names in the training documents, with how many of these
   *     have them
   */
  FeatureResources(Lexicon terms, List<Lexicon> trainingNames) {
    this.terms = terms;
    this.lexicons = new ArrayList<>(trainingNames);
    this.lexicons.add(terms);
    this.wordFeatures = new WordFeatures(terms);
  }

  WordFeatures wordFeatures() {
    return wordFeatures;
  }

  ContextFeatures contextOf(TokenizedText tokens) {
    return contextOf(tokens, Set.of());
  }

  /**
   * For a training document: names that it has alone are not known, as those of a new document are
   * not. Otherwise the model would learn to trust the list more than it may.
   *
   * @param own the {@link Lexicon#key} of the document's names
   */
  ContextFeatures contextOf(TokenizedText tokens, Set<Long> own) {
    return new ContextFeatures(tokens, lexicons, own, terms);
  }
}

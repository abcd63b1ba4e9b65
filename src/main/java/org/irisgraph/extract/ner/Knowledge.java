package org.irisgraph.extract.ner;

import java.util.ArrayList;
import java.util.List;

/**
 * What features are looked up in, besides the text: made before the training, kept in the model.
 */
final class Knowledge {

  private final Lexicon terms;
  private final List<Lexicon> lexicons;
  private final WordFeatures wordFeatures;

  /**
   * @param terms names of a vocabulary
   * @param trainingNames for each type the names in the training documents, with how many of these
   *     have them
   */
  Knowledge(Lexicon terms, List<Lexicon> trainingNames) {
    this.terms = terms;
    this.lexicons = new ArrayList<>(trainingNames);
    this.lexicons.add(terms);
    this.wordFeatures = new WordFeatures(terms);
  }

  WordFeatures wordFeatures() {
    return wordFeatures;
  }

  ContextFeatures contextOf(Tokens tokens) {
    return new ContextFeatures(tokens, lexicons, 1, terms);
  }

  /**
   * For a training document: names that it has alone are not known, as those of a new document are
   * not. Otherwise the model would learn to trust the list more than it may.
   */
  ContextFeatures contextOfTraining(Tokens tokens) {
    return new ContextFeatures(tokens, lexicons, 2, terms);
  }
}

package org.irisgraph.extract.ner;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Lexicons for features, which are made before the training and kept in the model. */
final class FeatureResources {

  private final Lexicon terms;
  private final List<Lexicon> lexicons;
  private final WordClasses classesOfPairs;
  private final WordFeatures wordFeatures;

  /**
   * @param terms terms of a dictionary
   * @param termsOfTypes the same by type
   * @param trainingNames for each type the names in the training documents, with the number of
   *     documents that have them
   * @param pairsOfClasses whether pairs of neighbours have features of their classes, too; unlike
   *     those of a word, which are summed once, they cost time at each token
   */
  FeatureResources(
      Lexicon terms,
      List<Lexicon> termsOfTypes,
      List<Lexicon> trainingNames,
      WordClasses classes,
      boolean pairsOfClasses) {
    this.terms = terms;
    this.lexicons = new ArrayList<>(trainingNames);
    this.lexicons.addAll(termsOfTypes);
    this.classesOfPairs = pairsOfClasses ? classes : new WordClasses(List.of());
    this.wordFeatures = new WordFeatures(terms, classes);
  }

  /**
   * Whether a training document has a name.
   *
   * @param type its number in {@link Tags#types}
   */
  boolean isTrained(int type, String name) {
    return lexicons.get(type).contains(name);
  }

  WordFeatures wordFeatures() {
    return wordFeatures;
  }

  ContextFeatures contextOf(TokenizedText tokens) {
    return contextOf(tokens, Set.of());
  }

  /**
   * Creates the features of a training document. Names that occur only in this document are treated
   * as unknown, as those of a new document are. Otherwise the model would learn to trust the
   * lexicons too much.
   *
   * @param own {@link Lexicon#key} of each of the document's names
   */
  ContextFeatures contextOf(TokenizedText tokens, Set<Long> own) {
    return new ContextFeatures(tokens, lexicons, own, terms, classesOfPairs);
  }
}

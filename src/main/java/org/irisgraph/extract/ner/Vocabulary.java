package org.irisgraph.extract.ner;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.irisgraph.extract.gold.GoldDocument;

/**
 * The names that a model knows.
 *
 * @param terms terms of a dictionary
 * @param names for each type the names in the training documents, with the number of documents that
 *     have them
 */
record Vocabulary(List<String> terms, Map<String, Map<String, Integer>> names) {

  /** Collects the names that are annotated in the documents. */
  static Vocabulary of(List<GoldDocument> documents, List<String> terms) {
    Map<String, Map<String, Integer>> names = new TreeMap<>();
    for (GoldDocument document : documents) {
      Set<List<String>> seen = new HashSet<>();
      for (GoldDocument.Name name : document.names()) {
        String spelling = Lexicon.spelling(document.textOf(name));
        if (seen.add(List.of(name.type(), spelling))) {
          names
              .computeIfAbsent(name.type(), type -> new TreeMap<>())
              .merge(spelling, 1, Integer::sum);
        }
      }
    }
    return new Vocabulary(List.copyOf(terms), names);
  }

  Tags tags() {
    return new Tags(List.copyOf(names.keySet()));
  }

  FeatureResources resources() {
    List<Lexicon> lexicons = new ArrayList<>();
    for (Map<String, Integer> ofType : names.values()) {
      lexicons.add(
          new Lexicon(
              ofType.entrySet().stream()
                  .map(name -> new Lexicon.Entry(name.getKey(), name.getValue()))
                  .toList()));
    }
    Lexicon ofTerms =
        new Lexicon(
            terms.stream().map(term -> new Lexicon.Entry(term, Integer.MAX_VALUE)).toList());
    return new FeatureResources(ofTerms, lexicons);
  }
}

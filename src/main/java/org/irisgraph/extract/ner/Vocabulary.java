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
 * @param terms terms of a dictionary; those of several types are each followed by a tab and the
 *     type
 * @param classes lines of {@link WordClasses}
 * @param traits what is particular to the names
 * @param names for each type the names in the training documents, with the number of documents that
 *     have them
 */
record Vocabulary(
    List<String> terms,
    List<String> classes,
    ModelTraits traits,
    Map<String, Map<String, Integer>> names) {

  /** Collects the names that are annotated in the documents. */
  static Vocabulary of(
      List<GoldDocument> documents, List<String> terms, List<String> classes, ModelTraits traits) {
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
    return new Vocabulary(List.copyOf(terms), List.copyOf(classes), traits, names);
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
    Map<String, List<Lexicon.Entry>> ofTypes = new TreeMap<>();
    for (String line : terms) {
      String[] columns = line.split("\t", -1);
      ofTypes
          .computeIfAbsent(columns.length > 1 ? columns[1] : "", type -> new ArrayList<>())
          .add(new Lexicon.Entry(columns[0], Integer.MAX_VALUE));
    }
    Lexicon all = new Lexicon(ofTypes.values().stream().flatMap(List::stream).toList());
    return new FeatureResources(
        all,
        ofTypes.size() < 2 ? List.of(all) : ofTypes.values().stream().map(Lexicon::new).toList(),
        lexicons,
        new WordClasses(classes),
        traits.properNames());
  }
}

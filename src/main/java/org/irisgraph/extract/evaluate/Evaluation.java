package org.irisgraph.extract.evaluate;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.irisgraph.extract.EntityExtractor;
import org.irisgraph.extract.gold.GoldDocument;
import org.irisgraph.graph.Mention;

/**
 * Compares what an extractor finds with what people have marked, by exact span and type. What it
 * finds of types that nobody has marked in these documents says nothing and is not counted.
 *
 * @param perType in the order of the types' names
 */
public record Evaluation(Map<String, Score> perType) {

  /** Runs the extractor on the documents' texts. */
  public static Evaluation of(EntityExtractor extractor, Collection<GoldDocument> documents) {
    Map<String, Score> scores = new TreeMap<>();
    for (GoldDocument document : documents) {
      document.names().forEach(name -> scores.putIfAbsent(name.type(), Score.NONE));
    }
    for (GoldDocument document : documents) {
      // A span with two ids is marked twice, and is one name.
      Set<GoldDocument.Name> marked = new HashSet<>(document.names());
      List<GoldDocument.Name> found =
          extractor.extract(document.toDocument()).stream().map(Evaluation::name).toList();
      marked.forEach(name -> scores.merge(name.type(), new Score(0, 0, 1), Score::plus));
      for (GoldDocument.Name name : found) {
        Score one = new Score(marked.contains(name) ? 1 : 0, 1, 0);
        scores.computeIfPresent(name.type(), (type, score) -> score.plus(one));
      }
    }
    return new Evaluation(scores);
  }

  /** All types together. */
  public Score micro() {
    return perType.values().stream().reduce(Score.NONE, Score::plus);
  }

  private static GoldDocument.Name name(Mention mention) {
    return new GoldDocument.Name(mention.type(), mention.start(), mention.end());
  }
}

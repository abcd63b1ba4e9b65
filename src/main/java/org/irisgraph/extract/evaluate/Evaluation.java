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
 * Compares an extractor's mentions with annotated names, by exact span and type. Mentions of types
 * that are not annotated in the documents are ignored.
 *
 * @param perType scores by type, in alphabetical order
 */
public record Evaluation(Map<String, Score> perType) {

  /** Runs the extractor on the texts of annotated documents. */
  public static Evaluation of(EntityExtractor extractor, Collection<GoldDocument> documents) {
    Map<String, Score> scores = new TreeMap<>();
    for (GoldDocument document : documents) {
      document.names().forEach(name -> scores.putIfAbsent(name.type(), Score.NONE));
    }
    for (GoldDocument document : documents) {
      // A set, since a span with two concept ids is annotated twice.
      Set<GoldDocument.Name> annotated = new HashSet<>(document.names());
      List<GoldDocument.Name> found =
          extractor.extract(document.toDocument()).stream().map(Evaluation::name).toList();
      annotated.forEach(name -> scores.merge(name.type(), new Score(0, 0, 1), Score::plus));
      for (GoldDocument.Name name : found) {
        Score one = new Score(annotated.contains(name) ? 1 : 0, 1, 0);
        scores.computeIfPresent(name.type(), (type, score) -> score.plus(one));
      }
    }
    return new Evaluation(scores);
  }

  /** Score of all types together. */
  public Score micro() {
    return perType.values().stream().reduce(Score.NONE, Score::plus);
  }

  private static GoldDocument.Name name(Mention mention) {
    return new GoldDocument.Name(mention.type(), mention.start(), mention.end());
  }
}

package org.irisgraph.extract;

import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;

/**
 * Finds relations that sentences state in the form of a {@link RelationPattern}, in linear time.
 */
public final class PatternRelations implements RelationExtractor {

  /** Raise when the same patterns yield other relations in the same text. */
  public static final int VERSION = 1;

  private final List<RelationPattern> patterns;

  private PatternRelations(List<RelationPattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /**
   * Reads the patterns of a YAML file.
   *
   * @param name name of the file for messages
   * @throws IllegalArgumentException if the file is malformed; the message names the pattern
   */
  public static PatternRelations parse(String name, String yaml) {
    return new PatternRelations(RelationPattern.parse(name, yaml));
  }

  /**
   * The names of the patterns that cannot match if only entities of some types are found, by the
   * type that they need.
   */
  public Map<String, List<String>> unmatched(Set<String> types) {
    Map<String, List<String>> unmatched = new TreeMap<>();
    for (RelationPattern pattern : patterns) {
      for (String type : pattern.entityTypes()) {
        if (!types.contains(type)) {
          unmatched.computeIfAbsent(type, first -> new ArrayList<>()).add(pattern.name());
        }
      }
    }
    return unmatched;
  }

  @Override
  public List<StatedRelation> extract(Document document, List<Mention> mentions) {
    List<StatedRelation> relations = new ArrayList<>();
    String text = document.text();
    SentenceMentions.visit(
        SentenceSplitter.split(text),
        mentions,
        (sentence, first, end) -> {
          if (end - first > 1) {
            addStated(new MaskedSentence(text, sentence, mentions.subList(first, end)), relations);
          }
        });
    return relations;
  }

  private void addStated(MaskedSentence sentence, List<StatedRelation> relations) {
    for (RelationPattern pattern : patterns) {
      Matcher matcher = pattern.regex().matcher(sentence.text());
      while (matcher.find()) {
        for (Mention source : mentions(sentence, matcher, RelationPattern.SOURCE)) {
          for (Mention target : mentions(sentence, matcher, RelationPattern.TARGET)) {
            relations.add(
                new StatedRelation(
                    pattern.type(), span(source), span(target), pattern.confidence()));
          }
        }
      }
    }
  }

  private static List<Mention> mentions(MaskedSentence sentence, Matcher matcher, String group) {
    return sentence.mentions(matcher.start(group), matcher.end(group));
  }

  private static Span span(Mention mention) {
    return new Span(mention.start(), mention.end());
  }
}

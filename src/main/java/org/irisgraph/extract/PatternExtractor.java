package org.irisgraph.extract;

import com.google.re2j.Matcher;
import java.util.List;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;

/**
 * Finds what named regular expressions match, see {@link PatternFile} for how they are written.
 * White space at the ends of a match is left out, and a match without anything else is ignored.
 * Overlaps among the patterns are resolved as {@link CombinedExtractor} does among extractors.
 */
public final class PatternExtractor implements EntityExtractor {

  /** Its name in {@code extractors}. */
  public static final String NAME = "pattern";

  /** To be raised whenever the same patterns find something else in the same text. */
  public static final int VERSION = 1;

  private final List<NamedPattern> patterns;

  private PatternExtractor(List<NamedPattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /**
   * Reads the patterns of a YAML file.
   *
   * @param name what messages call the file
   * @throws IllegalArgumentException if something in it is wrong; the message names the pattern
   */
  public static PatternExtractor parse(String name, String yaml) {
    return new PatternExtractor(PatternFile.parse(name, yaml));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Mention> extract(Document document) {
    String text = document.text();
    Overlaps overlaps = new Overlaps();
    for (int order = 0; order < patterns.size(); order++) {
      NamedPattern pattern = patterns.get(order);
      Matcher matcher = pattern.regex().matcher(text);
      while (matcher.find()) {
        int start = matcher.start(pattern.group());
        int end = matcher.end(pattern.group());
        // A group that takes no part in the match has the start and end -1.
        while (start < end && CharacterClasses.isWhiteSpace(text.charAt(start))) {
          start++;
        }
        while (start < end && CharacterClasses.isWhiteSpace(text.charAt(end - 1))) {
          end--;
        }
        if (start < end) {
          String found = text.substring(start, end);
          overlaps.add(
              new Mention(found, pattern.type(), start, end, pattern.confidence(), NAME), order);
        }
      }
    }
    return overlaps.resolve();
  }
}

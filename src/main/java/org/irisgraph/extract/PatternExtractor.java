package org.irisgraph.extract;

import com.google.re2j.Matcher;
import java.util.List;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;
import org.irisgraph.text.CharacterClasses;

/**
 * Finds the matches of the named regular expressions of a {@link PatternFile}. Matches are stripped
 * of white space, and empty ones are ignored. Of overlapping matches {@link Overlaps} keeps the
 * best.
 */
public final class PatternExtractor implements EntityExtractor {

  /** The name in the option {@code extractors}. */
  public static final String NAME = "pattern";

  /** Raise when the same patterns yield other mentions in the same text. */
  public static final int VERSION = 1;

  private final List<NamedPattern> patterns;

  private PatternExtractor(List<NamedPattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /**
   * Reads the patterns of a YAML file.
   *
   * @param name name of the file for messages
   * @throws IllegalArgumentException if the file is malformed; the message names the pattern
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
        // A group that did not participate in the match has start and end -1.
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

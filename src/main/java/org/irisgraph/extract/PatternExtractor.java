package org.irisgraph.extract;

import com.google.re2j.Matcher;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;
import org.irisgraph.text.CharacterClasses;
import org.irisgraph.text.Spelling;

/**
 * Finds the matches of the named regular expressions of a {@link PatternFile} in the {@link
 * Spelling} of a text: no invisible character, and no end of a line within a word, hides one.
 * Matches are stripped of white space, and empty ones are ignored. Of overlapping matches {@link
 * Overlaps} keeps the best.
 */
public final class PatternExtractor implements EntityExtractor {

  /** The name in the option {@code extractors}. */
  public static final String NAME = "pattern";

  /** Raise when the same patterns yield other mentions in the same text. */
  public static final int VERSION = 2;

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
  public Optional<Set<String>> types() {
    return Optional.of(patterns.stream().map(NamedPattern::type).collect(Collectors.toSet()));
  }

  @Override
  public List<Mention> extract(Document document) {
    Overlaps overlaps = new Overlaps();
    for (Spelling spelling : Spelling.variants(document.text())) {
      for (int order = 0; order < patterns.size(); order++) {
        find(patterns.get(order), order, document.text(), spelling, overlaps);
      }
    }
    return overlaps.resolve();
  }

  private static void find(
      NamedPattern pattern, int order, String text, Spelling spelling, Overlaps overlaps) {
    String written = spelling.toString();
    Matcher matcher = pattern.regex().matcher(written);
    while (matcher.find()) {
      int first = matcher.start(pattern.group());
      int end = matcher.end(pattern.group());
      // A group that did not participate in the match has start and end -1.
      while (first < end && CharacterClasses.isWhiteSpace(written.charAt(first))) {
        first++;
      }
      while (first < end && CharacterClasses.isWhiteSpace(written.charAt(end - 1))) {
        end--;
      }
      if (first < end) {
        int start = spelling.start(first);
        int stop = spelling.start(end - 1) + 1;
        overlaps.add(
            new Mention(
                text.substring(start, stop),
                written.substring(first, end),
                pattern.type(),
                start,
                stop,
                pattern.confidence(),
                NAME,
                null),
            order);
      }
    }
  }
}

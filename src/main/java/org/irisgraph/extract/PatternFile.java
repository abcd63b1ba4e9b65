package org.irisgraph.extract;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Parses a file of patterns:
 *
 * <pre>{@code
 * patterns:
 *   - name: gene-with-number      # for messages; unique
 *     type: GENE
 *     regex: '\b([A-Z]{2,5}\d+)\b'
 *     confidence: 0.8             # optional, 0 to 1, default 0.9
 *     group: 1                    # optional, default 0: the whole match
 * }</pre>
 */
final class PatternFile {

  private static final Set<String> KEYS = Set.of("type", "regex", "confidence", "group");

  private PatternFile() {}

  static List<NamedPattern> parse(String file, String yaml) {
    return NamedItem.parse(file, yaml, "patterns", KEYS).stream().map(PatternFile::of).toList();
  }

  private static NamedPattern of(NamedItem item) {
    String type = item.text("type").toUpperCase(Locale.ROOT);
    Pattern regex = item.compile(item.text("regex"));
    return new NamedPattern(
        item.name(),
        type,
        regex,
        item.confidence(NamedPattern.DEFAULT_CONFIDENCE),
        item.number("group", regex.groupCount()));
  }
}

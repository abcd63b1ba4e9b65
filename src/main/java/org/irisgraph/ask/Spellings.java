package org.irisgraph.ask;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.irisgraph.text.FoldedText;

/** The ways to write a name that an index of exact names is asked for. */
final class Spellings {

  private static final Pattern WORD_START = Pattern.compile("(?<![\\p{L}\\p{M}\\p{N}])\\p{Ll}");

  private Spellings() {}

  /** As it is, in small letters, with one capital, with one for each word, in capitals. */
  static List<String> of(String name) {
    String written = FoldedText.collapse(name);
    String lower = written.toLowerCase(Locale.ROOT);
    return Stream.of(
            written, lower, capitalised(lower), inTitle(lower), lower.toUpperCase(Locale.ROOT))
        .distinct()
        .toList();
  }

  private static String capitalised(String lower) {
    return lower.isEmpty()
        ? lower
        : new StringBuilder()
            .appendCodePoint(Character.toUpperCase(lower.codePointAt(0)))
            .append(lower, lower.offsetByCodePoints(0, 1), lower.length())
            .toString();
  }

  private static String inTitle(String lower) {
    return WORD_START.matcher(lower).replaceAll(start -> start.group().toUpperCase(Locale.ROOT));
  }
}

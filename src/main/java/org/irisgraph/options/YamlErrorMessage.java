package org.irisgraph.options;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Condenses YAML errors to one line. */
final class YamlErrorMessage {

  /** The parser's own marks; the first one is where the broken construct begins. */
  private static final Pattern MARK =
      Pattern.compile("\\R? in 'reader', line (\\d+), column \\d+:");

  private YamlErrorMessage() {}

  static String message(Path path, JsonProcessingException broken) {
    String original = broken.getOriginalMessage();
    Matcher mark = MARK.matcher(original);
    long line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNr();
    String problem = original;
    for (int marks = 0; mark.find(); marks++) {
      if (marks == 0) {
        line = Long.parseLong(mark.group(1));
      }
      // The text before the last mark is the problem, the text before that its context.
      problem = lastLine(original.substring(0, mark.start()));
    }
    return "%s: broken YAML: %s%s"
        .formatted(line > 0 ? path + ":" + line : path, lastLine(problem), hint(original));
  }

  private static String lastLine(String text) {
    String stripped = text.strip();
    return stripped.substring(stripped.lastIndexOf('\n') + 1).strip();
  }

  private static String hint(String original) {
    return original.contains("scanning an alias") || original.contains("cannot start any token")
        ? "; quote a text that begins with a special character"
        : "";
  }
}

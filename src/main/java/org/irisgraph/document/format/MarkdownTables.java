package org.irisgraph.document.format;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Turns the tables of GitHub's Markdown, which the parser does not know, into a paragraph for each
 * row, with a bar between the cells as {@link HtmlText} has them.
 */
final class MarkdownTables {

  private static final Pattern PREFIX = Pattern.compile("^[ \\t>]*");

  private static final Pattern DELIMITER = Pattern.compile(":?+-++:?+");

  private static final Pattern FENCE = Pattern.compile("[ \\t>]*(`{3,}|~{3,}).*");

  private static final Pattern BAR = Pattern.compile("(?<!\\\\)\\|");

  /** Markup without an effect, so that no cell begins a list or a heading. */
  private static final String NO_BLOCK = "<i></i>";

  private final List<String> lines;
  private final StringBuilder result;

  private MarkdownTables(String markdown) {
    this.lines = markdown.lines().toList();
    this.result = new StringBuilder(markdown.length() + 64);
  }

  /** The same text with the rows of tables as paragraphs. */
  static String toParagraphs(String markdown) {
    return markdown.indexOf('|') < 0 ? markdown : new MarkdownTables(markdown).rewritten();
  }

  private String rewritten() {
    String fence = "";
    int at = 0;
    while (at < lines.size()) {
      Matcher fenced = FENCE.matcher(lines.get(at));
      if (fenced.matches()) {
        if (fence.isEmpty()) {
          fence = fenced.group(1);
        } else if (fenced.group(1).startsWith(fence)) {
          fence = "";
        }
      }
      if (fence.isEmpty() && startsTable(at)) {
        at = appendTable(at);
      } else {
        result.append(lines.get(at++)).append('\n');
      }
    }
    return result.toString();
  }

  private boolean startsTable(int at) {
    if (at + 1 == lines.size() || lines.get(at).indexOf('|') < 0) {
      return false;
    }
    List<String> delimiters = cells(content(lines.get(at + 1)));
    return delimiters.stream().allMatch(cell -> DELIMITER.matcher(cell).matches())
        && cells(content(lines.get(at))).size() == delimiters.size();
  }

  /** Appends the rows up to the first line without a bar, and returns the number of that line. */
  private int appendTable(int first) {
    for (int at = first; at < lines.size(); at++) {
      String row = content(lines.get(at));
      if (row.indexOf('|') < 0) {
        return at;
      }
      if (at != first + 1) {
        String prefix = prefix(lines.get(at));
        result.append(prefix.stripTrailing()).append('\n').append(prefix).append(NO_BLOCK);
        result.append(cells(row).stream().collect(Collectors.joining(" \\| ")));
        result.append('\n').append(prefix.stripTrailing()).append('\n');
      }
    }
    return lines.size();
  }

  private static List<String> cells(String row) {
    String inner = row.strip();
    inner = inner.startsWith("|") ? inner.substring(1) : inner;
    inner =
        inner.endsWith("|") && !inner.endsWith("\\|")
            ? inner.substring(0, inner.length() - 1)
            : inner;
    List<String> cells = new ArrayList<>();
    for (String cell : BAR.split(inner, -1)) {
      cells.add(cell.strip());
    }
    return cells;
  }

  private static String prefix(String line) {
    Matcher prefix = PREFIX.matcher(line);
    return prefix.find() ? prefix.group() : "";
  }

  private static String content(String line) {
    return line.substring(prefix(line).length());
  }
}

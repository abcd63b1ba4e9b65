package org.irisgraph.shipped;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the shell commands of a Markdown page. */
final class ShellBlocks {

  private static final Pattern BLOCK =
      Pattern.compile(
          "^ *```(?:sh|bash|shell|console)\\n(.*?)^ *```$", Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern OUTPUT =
      Pattern.compile("(?:(?!```|\\n#).)*\\n```\\n(.*?)\\n```\\n", Pattern.DOTALL);

  private ShellBlocks() {}

  /** The fenced blocks of a page, each as its commands. */
  static List<List<String>> of(String page) {
    return BLOCK.matcher(page).results().map(block -> commands(block.group(1))).toList();
  }

  /**
   * The lines that a page shows as the output of each block, in the block without a language that
   * follows it before the next heading; none if there is no such block.
   */
  static List<List<String>> shown(String page) {
    return BLOCK
        .matcher(page)
        .results()
        .map(
            block -> {
              Matcher output = OUTPUT.matcher(page).region(block.end(), page.length());
              return output.lookingAt() ? output.group(1).lines().toList() : List.<String>of();
            })
        .toList();
  }

  /** Cuts at line ends, except those that are quoted or after a backslash. */
  static List<String> commands(String script) {
    List<String> commands = new ArrayList<>();
    StringBuilder command = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < script.length(); i++) {
      char c = script.charAt(i);
      if (c == '\n' && quote == 0) {
        if (!command.toString().isBlank()) {
          commands.add(command.toString().strip());
        }
        command.setLength(0);
        continue;
      }
      command.append(c);
      if (c == '\\' && quote != '\'' && i + 1 < script.length()) {
        command.append(script.charAt(++i));
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      }
    }
    return commands;
  }
}

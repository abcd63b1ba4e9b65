package org.irisgraph.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.irisgraph.ask.GraphNode;
import org.irisgraph.ask.Proof;
import org.irisgraph.ask.ShownNode;
import org.irisgraph.ask.ShownPath;
import org.irisgraph.base.ErrorText;
import org.jspecify.annotations.Nullable;

/** Writes answers as lines of text, mentions between {@code **}. */
final class ShownText {

  static final String MARK = "**";
  private static final int SPELLINGS = 8;

  private ShownText() {}

  static List<String> node(ShownNode shown, boolean linked) {
    GraphNode node = shown.node();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s (%s)%s: %s, %s"
            .formatted(
                plain(node.name()),
                plain(String.join(", ", shown.types().keySet())),
                node.concept() == null ? "" : " " + plain(node.concept()),
                count(node.documents(), "document"),
                count(node.mentions(), linked ? "mention" : "entity")));
    if (shown.spellings().size() > 1) {
      lines.add(
          "  spellings: "
              + shown.spellings().entrySet().stream()
                  .limit(SPELLINGS)
                  .map(ShownText::spelling)
                  .collect(Collectors.joining(", "))
              + (shown.spellings().size() > SPELLINGS
                  ? ", and %s more".formatted(shown.spellings().size() - SPELLINGS)
                  : ""));
    }
    shown.proofs().forEach(proof -> lines.addAll(proof(proof, "  ")));
    for (ShownNode.Group group : shown.neighbours()) {
      lines.add("");
      lines.add(
          "  %s %s"
              .formatted(
                  arrow(group.relation(), group.direction()), count(group.count(), "neighbour")));
      for (ShownNode.Neighbour neighbour : group.first()) {
        lines.add(
            "    %s (%s), %s"
                .formatted(
                    plain(neighbour.node().name()),
                    plain(neighbour.node().type()),
                    count(neighbour.documents(), "document")));
        lines.addAll(proof(neighbour.proof(), "      "));
      }
      long more = group.count() - group.first().size();
      if (more > 0) {
        lines.add("    … %s more (--limit=%s)".formatted(more, group.count()));
      }
    }
    lines.add("");
    return lines;
  }

  static List<String> path(ShownPath path) {
    List<String> lines = new ArrayList<>();
    lines.add(plain(path.start().name()));
    for (ShownPath.Step step : path.steps()) {
      lines.add(
          "  %s %s (%s), %s"
              .formatted(
                  arrow(step.relation(), step.direction()),
                  plain(step.node().name()),
                  plain(step.node().type()),
                  count(step.documents(), "document")));
      lines.addAll(proof(step.proof(), "      "));
    }
    lines.add("");
    return lines;
  }

  /** An edge in a line. */
  static String edge(ShownPath path) {
    ShownPath.Step step = path.steps().get(0);
    return "%s %s %s"
        .formatted(
            plain(path.start().name()),
            arrow(step.relation(), step.direction()),
            plain(step.node().name()));
  }

  private static String spelling(Map.Entry<String, Integer> spelling) {
    return "%s (%s)".formatted(plain(spelling.getKey()), spelling.getValue());
  }

  private static String arrow(String relation, String direction) {
    return switch (direction) {
      case "to" -> "-- %s -->".formatted(plain(relation));
      case "from" -> "<-- %s --".formatted(plain(relation));
      default -> "-- %s --".formatted(plain(relation));
    };
  }

  static List<String> proof(@Nullable Proof proof, String indent) {
    return proof == null
        ? List.of()
        : List.of(
            indent + proof.marked(MARK, MARK),
            indent + "  [%s] %s".formatted(plain(proof.document()), proof.title()));
  }

  static String count(long number, String what) {
    String plural = what.endsWith("y") ? what.substring(0, what.length() - 1) + "ies" : what + "s";
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? what : plural);
  }

  static String plain(@Nullable String text) {
    return ErrorText.printable(String.valueOf(text));
  }
}

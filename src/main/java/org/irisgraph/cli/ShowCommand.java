package org.irisgraph.cli;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.ask.GraphNode;
import org.irisgraph.ask.GraphQuestions;
import org.irisgraph.ask.ShownNode;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.Settings;
import org.irisgraph.options.UsageException;
import org.irisgraph.plan.RunPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Shows a node of the graph, or what links two. */
@Command(
    name = "show",
    description = {
      "Shows what the documents say about NAME: its types, spellings, documents and neighbours,"
          + " each with a sentence that proves it. With two names, what links them: the edges"
          + " between them, or else the shortest paths.",
      "",
      "NAME is any spelling, or the concept of a dictionary. Use the settings of the runs. The"
          + " database is only read."
    },
    customSynopsis =
        "iris-graph-indexer show FILE.yaml... [--option=value...] [--json] [--limit=N] NAME [NAME]",
    mixinStandardHelpOptions = true,
    versionProvider = Indexer.Version.class,
    footer = {
      "",
      "Exit code: 0 success, 1 failure or there is no such name, 2 wrong usage or settings."
    })
final class ShowCommand extends QuestionCommand {

  private static final int MOST_NAMES = 2;

  private List<String> names = List.of();

  ShowCommand(KnownOptions known) {
    super(known);
  }

  @Override
  void setQuestion(List<String> words) {
    names = words;
    if (names.isEmpty() || names.size() > MOST_NAMES) {
      throw new UsageException(
          names.isEmpty()
              ? "show needs a name, after the settings files"
              : "show takes one or two names, not %s: quote a name that has spaces"
                  .formatted(names.size()));
    }
  }

  @Override
  IndexingOptions options(Settings settings) {
    return settings.toOptionsWithoutPipeline();
  }

  @Override
  int run(IndexingOptions options) throws Exception {
    try (LauncherConnection launcher = open(options, RunPlan.connection(options).readingOnly())) {
      GraphQuestions questions = questions(launcher, options);
      List<List<GraphNode>> found = new ArrayList<>();
      for (String name : names) {
        List<GraphNode> nodes = questions.named(name);
        if (nodes.isEmpty()) {
          List<String> nearest = questions.nearest(name).stream().map(ShownText::plain).toList();
          err(
              "nothing is named \"%s\"%s"
                  .formatted(
                      ShownText.plain(name),
                      nearest.isEmpty()
                          ? ""
                          : "; near it are \"%s\"".formatted(String.join("\", \"", nearest))));
          return ExitCode.SOFTWARE;
        }
        found.add(nodes);
      }
      if (found.size() == 1) {
        show(questions, found.get(0));
      } else {
        show(questions, found.get(0), found.get(1));
      }
    }
    out().flush();
    return ExitCode.OK;
  }

  private void show(GraphQuestions questions, List<GraphNode> nodes)
      throws SQLException, IOException {
    List<ShownNode> shown = new ArrayList<>();
    for (GraphNode node : nodes) {
      shown.add(questions.show(node, limit));
    }
    if (json) {
      out().println(json(shown));
    } else {
      shown.forEach(node -> ShownText.node(node, questions.isLinked()).forEach(out()::println));
    }
  }

  private void show(GraphQuestions questions, List<GraphNode> from, List<GraphNode> to)
      throws SQLException, IOException {
    List<GraphNode> both = from.stream().filter(to::contains).toList();
    var paths = questions.between(from, to);
    if (json) {
      out().println(json(paths));
    } else if (!both.isEmpty()) {
      out().println("both names are of the same node:");
      show(questions, both);
    } else if (paths.isEmpty()) {
      out()
          .printf(
              "nothing links \"%s\" and \"%s\" within %d steps%n",
              ShownText.plain(from.get(0).name()),
              ShownText.plain(to.get(0).name()),
              GraphQuestions.mostHops());
    } else {
      paths.forEach(path -> ShownText.path(path).forEach(out()::println));
    }
  }
}

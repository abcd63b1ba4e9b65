package org.irisgraph.cli;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.RequiredTables;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.linked.LinkedGraph;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.UsageException;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.plan.SettingsValidator;
import org.joda.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Brings the linked graph up to date, or makes it anew. */
@Command(
    name = "graph",
    description = {
      "Brings the nodes and edges of the linked graph up to date with the documents in the"
          + " database. A run does this at its end, unless it is detached on a"
          + " cluster.",
      "",
      "Use the settings of the runs, with --linkEntities=nodes or same_as."
    },
    customSynopsis = "iris-graph-indexer graph FILE.yaml... [--option=value...] [--rebuild]",
    mixinStandardHelpOptions = true,
    versionProvider = Indexer.Version.class,
    footer = {"", "Exit code: 0 success, 1 failure, 2 wrong usage or settings."})
final class GraphCommand extends SettingsCommand {

  @Option(
      names = "--rebuild",
      description = "Sums up all documents anew, and reports whether anything differed.")
  private boolean rebuild;

  GraphCommand(KnownOptions known) {
    super(known);
  }

  @Override
  int run(IndexingOptions options) throws Exception {
    new SettingsValidator(known(), options).validateDatabase();
    Optional<LinkedGraph> graph = RunPlan.linkedGraph(options);
    if (graph.isEmpty()) {
      throw new UsageException("graph needs the linked graph: add --linkEntities=nodes or same_as");
    }
    LinkedGraph.Changes changes = update(graph.get(), options);
    out()
        .printf(
            Locale.ROOT,
            "%s: %d nodes and %d edges written, %d nodes and %d edges deleted%s%n",
            changes.isEmpty() ? "nothing differed" : "the linked graph is up to date",
            changes.nodesWritten(),
            changes.edgesWritten(),
            changes.nodesDeleted(),
            changes.edgesDeleted(),
            RunPlan.tables(options).hasSameAs()
                ? "; %d same_as relationships written, %d deleted"
                    .formatted(changes.sameAsWritten(), changes.sameAsDeleted())
                : "");
    out().flush();
    return ExitCode.OK;
  }

  private LinkedGraph.Changes update(LinkedGraph graph, IndexingOptions options)
      throws SQLException, StoreException, InterruptedException {
    ConnectionSettings connection = RunPlan.connection(options);
    try (LauncherConnection launcher =
        LauncherConnection.open(
            connection, Duration.standardSeconds(options.getRetrySeconds()), () -> false)) {
      new RequiredTables(
              connection.dialect(), RunPlan.tables(options).linked().orElseThrow().definitions())
          .prepare(launcher.get(), options.getCreateTables());
      return launcher.patiently(
          "linking the entities of documents",
          open -> rebuild ? graph.rebuild(open) : graph.update(open));
    }
  }
}

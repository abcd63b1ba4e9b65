package org.irisgraph.cli;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.irisgraph.embed.EmbeddingSource;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.RequiredTables;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TablePrivileges;
import org.irisgraph.linked.CorrectedRows;
import org.irisgraph.linked.LinkedGraph;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.UsageException;
import org.irisgraph.pipeline.NodeEmbedding;
import org.irisgraph.plan.EmbeddingPlan;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.run.PublishedGraphSync;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Brings the linked graph up to date, or makes it anew. */
@Command(
    name = "graph",
    description = {
      "Brings the nodes and edges of the linked graph up to date with the documents in the"
          + " database. A run does this at its end, unless it is detached on a cluster.",
      "",
      "Use the settings of the runs, with --linkEntities=nodes or same_as."
    },
    customSynopsis =
        "iris-graph-indexer graph FILE.yaml... [--option=value...] [--rebuild | --unpublish]",
    mixinStandardHelpOptions = true,
    versionProvider = Indexer.Version.class,
    footer = {"", "Exit code: 0 success, 1 failure, 2 wrong usage or settings."})
final class GraphCommand extends LinkedGraphCommand {

  @Option(
      names = "--rebuild",
      description = "Sums up all documents anew, and reports whether anything differed.")
  private boolean rebuild;

  @Option(
      names = "--unpublish",
      description = "Removes what was published to the tables of --graphSchema.")
  private boolean unpublish;

  GraphCommand(KnownOptions known) {
    super(known);
  }

  @Override
  int run(IndexingOptions options) throws Exception {
    if (unpublish && options.getGraphSchema() == null) {
      throw new UsageException("--unpublish needs --graphSchema");
    }
    LinkedGraph graph = linkedGraph(options);
    String graphSchema = options.getGraphSchema();
    Optional<EmbeddingSource> model = Optional.empty();
    OptionalInt dimension = OptionalInt.empty();
    if (graphSchema != null && !unpublish) {
      model = EmbeddingPlan.source(options);
    }
    if (model.isPresent()) {
      dimension = OptionalInt.of(model.get().dimension());
    }
    CorrectedRows changes = update(graph, options, dimension);
    long vectors =
        model.isEmpty()
            ? 0
            : NodeEmbedding.run(
                options, model.get().ofDimension(dimension.orElseThrow()), null, () -> false);
    out()
        .printf(
            Locale.ROOT,
            "%s: %d nodes and %d edges written, %d nodes and %d edges deleted%s%s%n",
            changes.isEmpty() && vectors == 0
                ? "nothing differed"
                : "the linked graph is up to date",
            changes.nodesWritten(),
            changes.edgesWritten(),
            changes.nodesDeleted(),
            changes.edgesDeleted(),
            RunPlan.tables(options).hasSameAs()
                ? "; %d same_as relationships written, %d deleted"
                    .formatted(changes.sameAsWritten(), changes.sameAsDeleted())
                : "",
            graphSchema == null
                ? ""
                : "; %d rows of %s written, %d deleted"
                    .formatted(
                        changes.publishedWritten() + vectors,
                        graphSchema,
                        changes.publishedDeleted()));
    out().flush();
    return ExitCode.OK;
  }

  private CorrectedRows update(LinkedGraph graph, IndexingOptions options, OptionalInt dimension)
      throws SQLException, StoreException, InterruptedException {
    try (LauncherConnection launcher = connect(options)) {
      launcher.work().repeat("preparing the tables", () -> prepare(launcher, options, dimension));
      CorrectedRows changes =
          launcher
              .work()
              .persistently(
                  LinkedGraph.WORK,
                  open ->
                      unpublish
                          ? graph.unpublish(open)
                          : rebuild ? graph.rebuild(open) : graph.update(open));
      PublishedGraphSync.afterUpdate(launcher, options, changes);
      return changes;
    }
  }

  private static void prepare(
      LauncherConnection launcher, IndexingOptions options, OptionalInt dimension)
      throws SQLException, StoreException {
    GraphTables tables = RunPlan.tables(options);
    TablePrivileges.requireReadable(
        launcher.get(),
        RunPlan.connection(options).dialect(),
        List.of(tables.documents(), tables.entities(), tables.relationships()),
        "run index first, or correct schema");
    new RequiredTables(
            RunPlan.connection(options).dialect(),
            Stream.concat(
                    tables.linked().orElseThrow().definitions().stream(),
                    RunPlan.publishedTables(options, dimension).stream())
                .toList())
        .prepare(launcher.get(), options.getCreateTables());
    if (dimension.isPresent()) {
      RunPlan.graphSchema(options)
          .orElseThrow()
          .requireVectors(
              launcher.get(), RunPlan.connection(options).dialect(), dimension.getAsInt());
    }
  }
}

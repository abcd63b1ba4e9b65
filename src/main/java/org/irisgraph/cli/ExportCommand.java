package org.irisgraph.cli;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.irisgraph.export.ExportDirectory;
import org.irisgraph.export.ExportFormat;
import org.irisgraph.export.ExportSummary;
import org.irisgraph.export.GraphExport;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.linked.LinkedGraph;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.UsageException;
import org.irisgraph.plan.RunPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Writes the linked graph to files. */
@Command(
    name = "export",
    description = {
      "Brings the linked graph up to date and writes it to files in the directory DIR, with the"
          + " documents and their edges to the nodes that they mention.",
      "",
      "Use the settings of the runs, with --linkEntities=nodes. DIR is created if it is missing. If"
          + " it holds files that no export wrote, --force is needed."
    },
    customSynopsis =
        "iris-graph-indexer export FILE.yaml... [--option=value...] --format=graphml|csv|jsonl"
            + " [--documents=false] DIR",
    mixinStandardHelpOptions = true,
    versionProvider = Indexer.Version.class,
    footer = {"", "Exit code: 0 success, 1 failure, 2 wrong usage or settings."})
final class ExportCommand extends LinkedGraphCommand {

  @SuppressWarnings("NullAway.Init") // Set by picocli.
  @Option(
      names = "--format",
      required = true,
      converter = FormatName.class,
      paramLabel = "FORMAT",
      description = {
        "graphml: graph.graphml for Gephi and networkx.",
        "csv: nodes.csv and edges.csv for neo4j-admin database import.",
        "jsonl: nodes.jsonl and edges.jsonl, one object per line."
      })
  private ExportFormat format;

  @Option(
      names = "--documents",
      arity = "0..1",
      paramLabel = "true|false",
      fallbackValue = "true",
      defaultValue = "true",
      description = "Whether to write documents too. Default: true")
  private boolean documents;

  private @Nullable Path directory;

  ExportCommand(KnownOptions known) {
    super(known);
  }

  @Override
  List<Path> settingsFiles(List<Path> arguments) {
    List<Path> directories =
        arguments.stream().filter(argument -> !isSettingsFile(argument)).toList();
    if (directories.size() != 1) {
      throw new UsageException(
          directories.isEmpty()
              ? "export needs the directory to write to, after the settings files"
              : "export takes one directory, and settings files that end in .yaml; there are %s"
                  .formatted(
                      String.join(" and ", directories.stream().map(Path::toString).toList())));
    }
    directory = directories.get(0);
    return arguments.stream().filter(SettingsCommand::isSettingsFile).toList();
  }

  @Override
  int run(IndexingOptions options) throws Exception {
    LinkedGraph graph = linkedGraph(options);
    Path target = Objects.requireNonNull(directory, "set by settingsFiles");
    ExportDirectory.check(target, options.isForce());
    export(graph, target, options).lines(format).forEach(out()::println);
    out().flush();
    return ExitCode.OK;
  }

  private ExportSummary export(LinkedGraph graph, Path target, IndexingOptions options)
      throws SQLException, StoreException, InterruptedException {
    LinkedTables tables = RunPlan.tables(options).linked().orElseThrow();
    GraphExport export =
        new GraphExport(format, target, documents, tables, RunPlan.connection(options).dialect());
    try (LauncherConnection launcher = connect(options)) {
      export.requireTables(launcher.get());
      launcher.work().persistently(LinkedGraph.WORK, graph::update);
      return launcher.work().patiently("exporting the linked graph", export::run);
    }
  }

  /** Takes the names of formats as the documentation writes them. */
  static final class FormatName implements ITypeConverter<ExportFormat> {

    @Override
    public ExportFormat convert(String name) {
      return Stream.of(ExportFormat.values())
          .filter(format -> format.name().equalsIgnoreCase(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "there are graphml, csv and jsonl, but no \"%s\"".formatted(name)));
    }
  }
}

package org.irisgraph.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.irisgraph.files.AtomicFile;
import org.irisgraph.files.OutputPath;
import org.irisgraph.htmlreport.HtmlReport;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Writes a page about what is in the database. */
@Command(
    name = "report",
    description = {
      "Writes one HTML file about what is in the database: documents, what was rejected and why,"
          + " how the last run went, entities and relationships by type, and the most connected"
          + " part of the graph with its sentences. It opens in any browser, without a network.",
      "",
      "Use the settings of the runs. --report=FILE names the file, report.html by default. The"
          + " database is only read."
    },
    customSynopsis = "iris-graph-indexer report FILE.yaml... [--option=value...]",
    mixinStandardHelpOptions = true,
    versionProvider = Indexer.Version.class,
    footer = {"", "Exit code: 0 success, 1 failure, 2 wrong usage or settings."})
final class ReportCommand extends DatabaseCommand {

  private static final String DEFAULT_FILE = "report.html";

  ReportCommand(KnownOptions known) {
    super(known);
  }

  @Override
  int run(IndexingOptions options) throws Exception {
    String named = options.getReport();
    String file = named == null ? DEFAULT_FILE : named;
    UsageException.throwIf(new OutputPath("report", file).problemOfFile());
    try (LauncherConnection launcher = open(options)) {
      write(launcher, options, Path.of(file));
    }
    out().println("wrote " + file);
    out().flush();
    return ExitCode.OK;
  }

  /** Writes the page, or leaves the file as it was. */
  static void write(LauncherConnection launcher, IndexingOptions options, Path file)
      throws SQLException, IOException, StoreException, InterruptedException {
    String page = new HtmlReport(options).read(launcher.usable());
    AtomicFile.<IOException>write(
        file,
        writer -> {
          writer.write(page);
          return true;
        });
  }
}

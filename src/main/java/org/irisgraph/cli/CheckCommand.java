package org.irisgraph.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.irisgraph.check.Checkup;
import org.irisgraph.check.Finding;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Finds out whether a run can work. */
@Command(
    name = "check",
    description = {
      "Finds out whether a run with these settings can work: settings, files, dictionary, models,"
          + " database and tables, Flink cluster.",
      "",
      "Nothing is changed, and no language model is asked for an answer."
    },
    customSynopsis = "iris-graph-indexer check FILE.yaml... [--option=value...] [--json]",
    mixinStandardHelpOptions = true,
    versionProvider = Indexer.Version.class,
    footer = {"", "Exit code: 0 a run can work, 1 it would fail."})
final class CheckCommand extends SettingsCommand {

  @Option(names = "--json", description = "Writes a JSON object.")
  private boolean json;

  private final Marks marks = Marks.ofOutput();
  private final List<Finding> findings = new ArrayList<>();

  CheckCommand(KnownOptions known) {
    super(known);
  }

  @Override
  int run(IndexingOptions options) throws Exception {
    new Checkup(known(), options).run(this::add);
    return end();
  }

  @Override
  int refused(UsageException problem) throws Exception {
    problem.problems().forEach(line -> add(Checkup.unreadable(line)));
    return end();
  }

  private void add(Finding finding) {
    findings.add(finding);
    if (!json) {
      out()
          .printf(
              "%s %-14s %s%n",
              marks.of(finding.status()), finding.topic(), ShownText.plain(finding.message()));
      out().flush();
    }
  }

  private int end() throws Exception {
    boolean good = findings.stream().noneMatch(found -> found.status() == Finding.Status.PROBLEM);
    if (json) {
      out().println(DatabaseCommand.json(Map.of("good", good, "findings", findings)));
    }
    out().flush();
    return good ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}

package org.irisgraph.cli;

import java.io.IOException;
import java.sql.Timestamp;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.irisgraph.ask.PipelineStatus;
import org.irisgraph.ask.StatusReader;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.lease.ProcessFile;
import org.irisgraph.ledger.RecordedRun;
import org.irisgraph.ledger.RejectReason;
import org.irisgraph.ledger.RunTotals;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.Settings;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.run.DatabaseFileWait;
import org.irisgraph.run.RunBesideDatabase;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Shows what is in the database, and what the runs of a pipeline have done. */
@Command(
    name = "status",
    description = {
      "Shows what is in the database: documents of the pipeline by outcome, entities,"
          + " relationships and nodes by type, what was rejected with an example, the last runs, and"
          + " how far the run is that is going on.",
      "",
      "Use the settings of the runs. The database is only read. Of an H2 file that a run has open,"
          + " only that run is shown."
    },
    customSynopsis =
        "iris-graph-indexer status FILE.yaml... [--option=value...] [--json] [--types]",
    mixinStandardHelpOptions = true,
    versionProvider = Indexer.Version.class,
    footer = {"", "Exit code: 0 success, 1 failure, 2 wrong usage or settings."})
final class StatusCommand extends DatabaseCommand {

  private static final int TYPES = 8;

  /** The most rows of a table that are counted by type unasked: H2 reads a million in a second. */
  private static final long MOST_BY_TYPE = 300_000;

  private static final List<String> COUNTS =
      List.of("read", "indexed", "unchanged", "partial", "rejected", "rate/s");

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  @Option(names = "--json", description = "Writes a JSON object.")
  private boolean json;

  @Option(names = "--types", description = "Counts by type in tables of any size.")
  private boolean types;

  StatusCommand(KnownOptions known) {
    super(known);
  }

  @Override
  IndexingOptions options(Settings settings) {
    return settings.toOptionsWithoutPipeline();
  }

  @Override
  int run(IndexingOptions options) throws Exception {
    try {
      return show(options);
    } catch (StoreException e) {
      Optional<ProcessFile.Written<RunBesideDatabase>> run =
          DatabaseFileWait.isInUse(RunPlan.connection(options), e)
              ? RunBesideDatabase.read(options.getJdbcUrl())
              : Optional.empty();
      if (run.isEmpty()) {
        throw e;
      }
      return show(run.get());
    }
  }

  /** The run that has an embedded database open, by what it says beside it. */
  private int show(ProcessFile.Written<RunBesideDatabase> written) throws IOException {
    RunBesideDatabase run = written.content();
    String pipeline = run.pipeline();
    PipelineStatus.Running running =
        new PipelineStatus.Running(
            run.runId(),
            written.host(),
            run.since(),
            run.phase(),
            run.read(),
            run.settled(),
            run.total(),
            run.documentsPerSecond());
    if (json) {
      out().println(json(Map.of("pipeline", pipeline, "running", running)));
    } else {
      line("pipeline", ShownText.plain(pipeline));
      line("running", running(running));
      line(
          "database",
          "open in process %d: what is in it is shown once the run has ended"
              .formatted(written.pid()));
    }
    out().flush();
    return ExitCode.OK;
  }

  private int show(IndexingOptions options) throws Exception {
    PipelineStatus status;
    try (LauncherConnection launcher = open(options)) {
      StatusReader reader = new StatusReader(options);
      reader.requireTables(launcher.get());
      status =
          launcher
              .work()
              .patiently(
                  "counting the rows of the tables",
                  open -> reader.read(open, types ? Long.MAX_VALUE : MOST_BY_TYPE));
    }
    if (json) {
      out().println(json(status));
    } else {
      print(status);
    }
    out().flush();
    return ExitCode.OK;
  }

  private void print(PipelineStatus status) {
    line("pipeline", ShownText.plain(status.pipeline()));
    line("documents", counts(status.documents()));
    PipelineStatus.Graph graph = status.graph();
    line("entities", byType(graph.entities()));
    line("relationships", byType(graph.relationships()));
    Map<String, Long> nodes = graph.nodes();
    if (nodes != null) {
      line("nodes", byType(nodes));
    }
    if (graph.unlinked() > 0) {
      line(
          "not linked",
          "%s of documents; the end of a run links them, and so does the command graph"
              .formatted(ShownText.count(graph.unlinked(), "change")));
    }
    for (RejectReason rejects : status.rejected()) {
      line(
          "rejected",
          "%s %s, such as %s: %s"
              .formatted(
                  ShownText.count(rejects.count(), "time"),
                  ShownText.plain(rejects.code()),
                  ShownText.plain(rejects.example()),
                  ShownText.plain(rejects.message())));
    }
    String runsMissing = status.runsMissing();
    if (runsMissing != null) {
      line("runs", "not recorded: " + runsMissing);
    }
    PipelineStatus.Run last = status.lastRun();
    if (last != null && status.runs().isEmpty()) {
      line("last run", last.runId() + ": " + last.totals().documents());
    }
    PipelineStatus.Running running = status.running();
    if (running != null) {
      line("running", running(running));
    }
    if (!status.runs().isEmpty()) {
      out().println();
      row("run", "start (UTC)", "duration", "outcome", COUNTS);
      status
          .runs()
          .forEach(
              run ->
                  row(
                      run.runId(),
                      utc(run.time().startedAt()),
                      ProgressLine.time(run.time().millis() / 1000),
                      run.outcome(),
                      counts(run)));
    }
  }

  private void row(String run, String start, String duration, String outcome, List<String> counts) {
    out().printf("%-24s  %-19s  %13s  %-9s", run, start, duration, outcome);
    counts.forEach(count -> out().printf("  %9s", count));
    out().println();
  }

  private static List<String> counts(RecordedRun run) {
    RunTotals.Documents documents = run.documents();
    Double rate = run.documentsPerSecond();
    return Stream.concat(
            Stream.of(
                    run.input().read(),
                    documents.indexed(),
                    documents.unchanged(),
                    documents.partial(),
                    documents.rejected())
                .map(count -> String.format(Locale.ROOT, "%,d", count)),
            Stream.of(rate == null ? "" : String.format(Locale.ROOT, "%,.1f", rate)))
        .toList();
  }

  private static String running(PipelineStatus.Running running) {
    StringBuilder text = new StringBuilder(running.runId());
    if (running.host() != null && !running.host().isEmpty()) {
      text.append(" on ").append(ShownText.plain(running.host()));
    }
    if (running.since() != null) {
      text.append(" since ").append(utc(running.since())).append(" UTC");
    }
    text.append(": ").append(running.phase() == null ? "" : running.phase() + ", ");
    if (running.read() > running.settled()) {
      text.append(String.format(Locale.ROOT, "%,d read, ", running.read()));
    }
    text.append(String.format(Locale.ROOT, "%,d settled", running.settled()));
    Double share = running.share();
    text.append(
        share == null
            ? " so far"
            : String.format(
                Locale.ROOT, " of about %,d, %d %%", running.total(), (int) (share * 100)));
    Double rate = running.documentsPerSecond();
    if (rate != null) {
      text.append(String.format(Locale.ROOT, ", %,.1f documents/s since its start", rate));
    }
    return text.toString();
  }

  private static String utc(Timestamp time) {
    return UTC.format(time.toInstant());
  }

  private void line(String label, String value) {
    out().printf("%-13s %s%n", label, value);
  }

  private String byType(Map<String, Long> counts) {
    Long uncounted = counts.get(PipelineStatus.UNCOUNTED);
    return uncounted == null
        ? counts(counts)
        : String.format(Locale.ROOT, "%,d; --types counts them by type", uncounted);
  }

  /** The sum, and the first counts. */
  private static String counts(Map<String, Long> counts) {
    List<String> first =
        counts.entrySet().stream()
            .limit(TYPES)
            .map(
                count ->
                    String.format(
                        Locale.ROOT, "%,d %s", count.getValue(), ShownText.plain(count.getKey())))
            .toList();
    long sum = counts.values().stream().mapToLong(Long::longValue).sum();
    return String.format(Locale.ROOT, "%,d", sum)
        + (first.isEmpty() ? "" : first.stream().collect(Collectors.joining(", ", ": ", "")))
        + (counts.size() > TYPES ? ", …" : "");
  }
}

package org.irisgraph.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.irisgraph.ask.GraphNode;
import org.irisgraph.ask.GraphQuestions;
import org.irisgraph.ask.ShownPath;
import org.irisgraph.base.ErrorText;
import org.irisgraph.base.ProgramFile;
import org.irisgraph.base.TemporaryDirectory;
import org.irisgraph.jdbc.H2File;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.options.DatabaseUrl;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.InsideFlink;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.report.FailedRunException;
import org.irisgraph.report.NextSteps;
import org.irisgraph.report.Summary;
import org.irisgraph.report.SummaryText;
import org.irisgraph.run.Job;
import org.irisgraph.runner.UnpackedLibraries;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command that runs a job with progress, graceful stop and summary. */
abstract class JobCommand extends SettingsCommand {

  private static final Logger LOG = LoggerFactory.getLogger(JobCommand.class);

  /** Edges of the graph that the end of a run shows. */
  private static final int EXAMPLES = 5;

  /** The longest that the database may be compacted for: so much, or a share of the run. */
  private static final double FAST_SECONDS = 5;

  private static final double COMPACTION_SHARE = 0.2;

  private @Nullable GracefulStop stop;

  JobCommand(KnownOptions known) {
    super(known);
  }

  /** Runs the job and returns the exit code. */
  final int run(Job job, IndexingOptions options) throws Exception {
    stop = GracefulStop.of(job);
    Summary summary;
    try (TemporaryDirectory files = TemporaryDirectory.open();
        ProgressReporter progress = ProgressReporter.of(job, options.getWatch() != null)) {
      if (!InsideFlink.isInsideFlink()) {
        UnpackedLibraries.moveTo(files.path());
      }
      progress.start();
      summary = job.run();
    } catch (FailedRunException e) {
      try {
        show(e.summary(), options);
      } catch (IOException unwritten) {
        err("the summary was not written: " + FailureMessage.of(unwritten));
      }
      throw e;
    }
    show(summary, options);
    return summary.exitCode();
  }

  @Override
  void ended() {
    if (stop != null) {
      stop.ended();
    }
  }

  /** Lines to print before the summary. */
  String report() {
    return "";
  }

  private void show(Summary summary, IndexingOptions options) throws IOException {
    NextSteps next =
        new NextSteps(options, summary, databaseArguments(), replayArguments(), ProgramFile.path());
    out().print(report());
    List<ShownPath> examples = examples(summary, options);
    Map<String, List<String>> graph = new LinkedHashMap<>();
    graph.put("graph", examples.stream().map(ShownText::edge).toList());
    graph.put("evidence", evidence(examples));
    out().print(new SummaryText(summary, graph, next.places(), next.hints(name(examples))));
    out().flush();
    // A detached run has no figures yet.
    if (summary.status() != Summary.Status.SUBMITTED) {
      if (options.getSummary() != null) {
        summary.writeTo(Path.of(options.getSummary()));
      }
      if (options.getReport() != null) {
        writeReport(options, Path.of(options.getReport()));
      }
    }
    if (hasEnded(summary)) {
      compact(options, summary.seconds());
    }
  }

  private static boolean hasEnded(Summary summary) {
    return summary.status() == Summary.Status.SUCCEEDED
        || summary.status() == Summary.Status.PARTIAL;
  }

  /** Last of all: the database is closed, and all that a user waits for is there. */
  private static void compact(IndexingOptions options, double seconds) {
    Optional<Path> file = new DatabaseUrl(options.getJdbcUrl()).file().map(Path::of);
    try {
      if (file.isPresent()) {
        H2File.compact(file.get(), Math.max(FAST_SECONDS, seconds * COMPACTION_SHARE));
      }
    } catch (IOException e) {
      // In use by another process, or the disk is full: the file is as it was.
      LOG.info("{} was not compacted: {}", file.orElseThrow(), ErrorText.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Some edges of the graph, after a run that has come to its end. */
  private List<ShownPath> examples(Summary summary, IndexingOptions options) {
    if (!hasEnded(summary) || new DatabaseUrl(options.getJdbcUrl()).isInMemory()) {
      return List.of();
    }
    try (LauncherConnection launcher = DatabaseCommand.connect(options)) {
      GraphQuestions questions =
          new GraphQuestions(
              launcher.usable(),
              RunPlan.connection(options).dialect(),
              RunPlan.tables(options),
              options.getLedgerSchema());
      return questions.examples(EXAMPLES);
    } catch (StoreException | SQLException | RuntimeException e) {
      // Another run may change the graph meanwhile, which must not cost the summary.
      LOG.warn("no example from the graph is shown: {}", FailureMessage.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.of();
  }

  /** A sentence that states one of the edges. */
  private static List<String> evidence(List<ShownPath> examples) {
    return examples.stream()
        .map(example -> example.steps().get(0).proof())
        .filter(Objects::nonNull)
        .findFirst()
        .map(proof -> ShownText.proof(proof, ""))
        .orElse(List.of());
  }

  /** The name in the edges that most documents have. */
  private static @Nullable String name(List<ShownPath> examples) {
    return examples.stream()
        .flatMap(example -> Stream.of(example.start(), example.steps().get(0).node()))
        .sorted(Comparator.comparingLong(GraphNode::documents).reversed())
        .map(GraphNode::name)
        .findFirst()
        .orElse(null);
  }

  /** The run has its outcome already, which a report that cannot be written does not change. */
  private void writeReport(IndexingOptions options, Path file) {
    try (LauncherConnection launcher = DatabaseCommand.connect(options)) {
      ReportCommand.write(launcher, options, file);
    } catch (StoreException | SQLException | IOException e) {
      err("the report was not written: " + FailureMessage.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

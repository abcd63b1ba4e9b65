package org.irisgraph.cli;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.irisgraph.embed.MiniLm;
import org.irisgraph.embed.SentenceModel;
import org.irisgraph.graph.Embedding;
import org.irisgraph.graphrag.MissingVectors;
import org.irisgraph.graphrag.TargetTables;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.UsageException;
import org.irisgraph.plan.RunPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Computes the vectors of texts that are in the database already. */
@Command(
    name = "embed",
    description = {
      "Computes the vectors of texts in SourceDocuments that have none, also of texts that other"
          + " programs stored.",
      "",
      "Use the settings of the runs, with embeddings=minilm or minilm_full. Stopped and started"
          + " again, it computes those that are still missing."
    },
    customSynopsis = "iris-graph-indexer embed FILE.yaml... [--option=value...] [--all]",
    mixinStandardHelpOptions = true,
    versionProvider = Indexer.Version.class,
    footer = {"", "Exit code: 0 success, 1 failure, 2 wrong usage or settings."})
final class EmbedCommand extends DatabaseCommand {

  /** Less than any id. */
  private static final String START = " ";

  private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(10);

  @Option(
      names = "--all",
      description = "Computes the existing vectors again, as after a change of the model.")
  private boolean all;

  EmbedCommand(KnownOptions known) {
    super(known);
  }

  @Override
  int run(IndexingOptions options) throws Exception {
    MiniLm form =
        options
            .getEmbeddings()
            .model()
            .orElseThrow(
                () ->
                    new UsageException(
                        "embed needs a model: add --embeddings=minilm or minilm_full"));
    try (LauncherConnection launcher = open(options)) {
      TargetTables target =
          new TargetTables(
              RunPlan.connection(options).dialect(),
              RunPlan.tables(options),
              RunPlan.ledgerTable(options));
      MissingVectors missing =
          new MissingVectors(
              RunPlan.tables(options),
              target.vectors(launcher.get(), MiniLm.DIMENSION),
              options.getBatchRows(),
              all);
      SentenceModel model = SentenceModel.acquire(form);
      try {
        fill(launcher, missing, model);
      } finally {
        SentenceModel.release(form);
      }
    }
    return ExitCode.OK;
  }

  private void fill(LauncherConnection launcher, MissingVectors missing, SentenceModel model)
      throws SQLException, StoreException, InterruptedException {
    AtomicLong computed = new AtomicLong();
    Function<String, Embedding> embed =
        text -> {
          computed.incrementAndGet();
          return model.embed(text);
        };
    long printed = System.nanoTime();
    String after = START;
    while (!after.isEmpty()) {
      String from = after;
      after =
          launcher.patiently(
              "storing vectors", connection -> missing.fill(connection, from, embed));
      if (System.nanoTime() - printed > PROGRESS_NANOS) {
        printed = System.nanoTime();
        out().printf("computed the vectors of %d texts so far%n", computed.get());
        out().flush();
      }
    }
    out().printf("computed the vectors of %d texts%n", computed.get());
    out().flush();
  }
}

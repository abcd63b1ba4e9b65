package org.irisgraph.cli;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.irisgraph.embed.EmbeddingModel;
import org.irisgraph.embed.EmbeddingSource;
import org.irisgraph.embed.TextVector;
import org.irisgraph.endpoint.CompletionCache;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.graph.Embedding;
import org.irisgraph.graph.Failure;
import org.irisgraph.graphrag.EmbeddedRows;
import org.irisgraph.graphrag.GraphVectors;
import org.irisgraph.graphrag.MissingVectors;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TablePrivileges;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.UsageException;
import org.irisgraph.plan.EmbeddingPlan;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.plan.SettingsValidator;
import org.irisgraph.run.RunTables;
import org.irisgraph.run.VectorIndexing;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Computes the vectors of rows that are in the database already. */
@Command(
    name = "embed",
    description = {
      "Computes the vectors of texts in SourceDocuments that have none, also of texts that other"
          + " programs stored; and those of entities and relationships, where the tables have a"
          + " column for them.",
      "",
      "Use the settings of the runs, with embeddings=minilm, minilm_full or endpoint. Stopped and"
          + " started again, it computes those that are still missing."
    },
    customSynopsis = "iris-graph-indexer embed FILE.yaml... [--option=value...] [--all]",
    mixinStandardHelpOptions = true,
    versionProvider = Indexer.Version.class,
    footer = {
      "",
      "Exit code: 0 success, 1 failure, 2 wrong usage or settings, 3 finished, but some texts have"
          + " no vector."
    })
final class EmbedCommand extends DatabaseCommand {

  /** Less than any id. */
  private static final String START = " ";

  private static final int SOME_REJECTED = 3;

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
    new SettingsValidator(known(), options).validateWritableDatabase();
    try (LauncherConnection launcher = open(options)) {
      TablePrivileges.requireReadable(
          launcher.get(),
          RunPlan.connection(options).dialect(),
          List.of(RunPlan.tables(options).documents()),
          "run index first, or correct schema");
      EmbeddingSource source =
          EmbeddingPlan.source(options)
              .orElseThrow(
                  () ->
                      new UsageException(
                          "embed needs a model: add --embeddings=minilm, minilm_full or endpoint"));
      int dimension = source.dimension();
      GraphVectors columns =
          RunTables.target(options).ofDimension(dimension).graphVectors(launcher.get());
      VectorIndexing index = new VectorIndexing(options, Optional.of(columns.texts()));
      long rejected = 0;
      // What is computed is stored at once, so that no cache is needed to resume.
      try (EmbeddingModel model = source.ofDimension(dimension).open(CompletionCache.NONE, true)) {
        for (EmbeddedRows rows : EmbeddedRows.of(RunPlan.tables(options), columns)) {
          MissingVectors missing =
              new MissingVectors(
                  rows, RunPlan.connection(options).dialect(), options.getBatchRows(), all);
          rejected += fill(launcher, missing, rows.name(), model);
        }
      }
      index.run(launcher);
      return rejected == 0 ? ExitCode.OK : SOME_REJECTED;
    }
  }

  /** Returns how many of the rows the model does not embed. */
  private long fill(
      LauncherConnection launcher, MissingVectors missing, String name, EmbeddingModel model)
      throws SQLException, StoreException, ModelException, InterruptedException {
    long computed = 0;
    long rejected = 0;
    long printed = System.nanoTime();
    String after = START;
    while (!after.isEmpty()) {
      String from = after;
      MissingVectors.Portion portion =
          launcher.work().patiently("reading texts", connection -> missing.next(connection, from));
      Map<String, TextVector> vectors = model.embed(portion.texts().values(), () -> false);
      Map<String, Embedding> computable = new LinkedHashMap<>();
      Map<String, Failure> failures = new LinkedHashMap<>();
      portion
          .texts()
          .forEach(
              (id, text) -> {
                TextVector result = requireNonNull(vectors.get(text));
                if (result.vector() != null) {
                  computable.put(id, result.vector());
                } else {
                  failures.put(id, requireNonNull(result.failure()));
                }
              });
      if (launcher
          .work()
          .patiently(
              "storing vectors", connection -> missing.store(connection, portion, computable))) {
        computed += computable.size();
        rejected += failures.size();
        failures.forEach(this::printFailure);
        after = portion.last();
      }
      if (System.nanoTime() - printed > PROGRESS_NANOS) {
        printed = System.nanoTime();
        out().printf("computed the vectors of %d %s so far%n", computed, name);
        out().flush();
      }
    }
    out().printf("computed the vectors of %d %s%n", computed, name);
    out().flush();
    return rejected;
  }

  private void printFailure(String id, Failure failure) {
    err(
        "no vector for %s: %s (%s)"
            .formatted(ShownText.plain(id), ShownText.plain(failure.message()), failure.code()));
  }
}

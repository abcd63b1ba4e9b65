package org.irisgraph.run;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.irisgraph.embed.EmbeddingSource;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.graphrag.EvidenceTables;
import org.irisgraph.graphrag.GraphSchemaTables;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.graphrag.TargetTables;
import org.irisgraph.iris.batch.WriteLayout;
import org.irisgraph.jdbc.ErrorClassifier;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.RequiredTables;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TableShape;
import org.irisgraph.ledger.PipelineNameCheck;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.table.TableSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates or checks the tables of a run, and looks up what the run has to know of them. */
final class TablePreparation {

  private static final Logger LOG = LoggerFactory.getLogger(TablePreparation.class);

  private final IndexingOptions options;
  private final LauncherConnection launcher;

  TablePreparation(IndexingOptions options, LauncherConnection launcher) {
    this.options = options;
    this.launcher = launcher;
  }

  /** Adds to the plan what only the database knows. */
  RunPlan describe(RunPlan plan)
      throws SQLException, StoreException, ModelException, InterruptedException {
    // Before tables are created: a missing input table means that its name is wrong.
    Optional<TableSource> input = InputTable.describe(options);
    TargetTables target = plan.targetTables();
    Optional<EmbeddingSource> embedding = plan.embedding();
    if (embedding.isPresent()) {
      int dimension = VectorDimension.of(plan, embedding.get(), launcher.get());
      embedding = Optional.of(embedding.get().ofDimension(dimension));
      target = target.ofDimension(dimension);
    }
    create(plan, target);
    GraphTables tables = withFormer(plan.tables());
    if (embedding.isPresent()) {
      tables = tables.withVectors(target.graphVectors(launcher.get()));
      requireNodeVectors(launcher.get(), target.dimension());
    }
    return plan.toBuilder()
        .setTables(tables)
        .setEmbedding(embedding)
        .setTable(input)
        .setMetadataLength(target.metadataLength(launcher.get()))
        .build();
  }

  /** Adds what an earlier run may have stored of documents that this one replaces or deletes. */
  private GraphTables withFormer(GraphTables tables) throws SQLException {
    GraphTables all = tables;
    EvidenceTables evidence = new EvidenceTables(options.getLedgerSchema());
    if (tables.evidence().isEmpty() && evidence.exist(launcher.get())) {
      all = all.formerlyProvedBy(evidence);
    }
    LinkedTables linked = new LinkedTables(options.getLedgerSchema());
    if (tables.linked().isEmpty() && TableShape.lookUp(launcher.get(), linked.changes()).exists()) {
      all = all.formerlyLinkedBy(linked);
    }
    return all;
  }

  private void requireNodeVectors(Connection connection, int dimension)
      throws SQLException, StoreException {
    Optional<GraphSchemaTables> published = RunPlan.graphSchema(options);
    if (published.isPresent()) {
      published.get().requireVectors(connection, RunPlan.connection(options).dialect(), dimension);
    }
  }

  /** Creates or checks the tables, and warns about missing indexes. */
  private void create(RunPlan plan, TargetTables target)
      throws SQLException, StoreException, InterruptedException {
    RequiredTables required = RunTables.required(options, target);
    launcher
        .work()
        .patiently(
            "creating missing tables and indexes",
            connection -> {
              required.prepare(connection, options.getCreateTables());
              return true;
            });
    // Else the first batch would find out, after the extraction of all that is in it.
    WriteLayout.require(launcher.get(), plan.connection().dialect(), plan.tables().writes());
    createViews(launcher.get(), target);
    PipelineNameCheck.check(launcher.get(), plan.ledger());
    LockThresholdCheck.warning(launcher, plan.connection().dialect(), options.getBatchRows())
        .ifPresent(LOG::warn);
    for (String statement : target.missingIndexes(launcher.get())) {
      LOG.warn(
          "replacing and linking changed documents will be slow without this index: {}", statement);
    }
  }

  /** A run does not need them, and the privilege to create views is one of its own. */
  private void createViews(Connection connection, TargetTables target) {
    if (options.getCreateTables() && target.views().isPresent()) {
      try {
        target.views().get().create(connection);
      } catch (SQLException e) {
        LOG.warn("the views of the graph could not be created: {}", ErrorClassifier.describe(e));
      }
    }
  }
}

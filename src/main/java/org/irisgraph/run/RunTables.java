package org.irisgraph.run;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.irisgraph.graphrag.EvidenceTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.graphrag.TargetTables;
import org.irisgraph.jdbc.RequiredTables;
import org.irisgraph.jdbc.TableDefinition;
import org.irisgraph.llmcache.CompletionCacheTables;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.plan.EmbeddingPlan;
import org.irisgraph.plan.ModelPlan;
import org.irisgraph.plan.ReaderSettings;
import org.irisgraph.plan.RunPlan;

/** The tables that a run with some options needs. */
public final class RunTables {

  private RunTables() {}

  /** The tables of the graph and the ledger. */
  public static TargetTables target(IndexingOptions options) {
    return new TargetTables(
        RunPlan.connection(options).dialect(),
        RunPlan.writtenTables(options),
        RunPlan.ledgerTable(options));
  }

  /**
   * All tables, those of the graph first.
   *
   * @param target the tables of the graph and the ledger
   */
  public static List<TableDefinition> needed(IndexingOptions options, TargetTables target) {
    List<TableDefinition> needed = new ArrayList<>(target.definitions());
    if (options.getCreateTables() || ReaderSettings.mayParse(options)) {
      needed.add(target.parseAttempts());
    }
    if (ModelPlan.isAsked(options) || EmbeddingPlan.isAsked(options)) {
      needed.addAll(new CompletionCacheTables(options.getLedgerSchema()).definitions());
    }
    needed.addAll(
        RunPlan.publishedTables(
            options,
            EmbeddingPlan.source(options).isPresent()
                ? OptionalInt.of(target.dimension())
                : OptionalInt.empty()));
    if (options.getCreateTables()) {
      needed.add(target.communities());
    }
    needed.add(RunPlan.lease(options, "").tableDefinition());
    needed.add(RunPlan.runs(options).definition());
    return needed;
  }

  /** The tables of earlier runs that a run without what they hold still changes, if they exist. */
  public static List<TableDefinition> former(IndexingOptions options) {
    List<TableDefinition> former = new ArrayList<>();
    if (!options.getEvidence()) {
      former.addAll(new EvidenceTables(options.getLedgerSchema()).definitions());
    }
    if (options.getLinkEntities() == LinkEntities.NONE) {
      former.addAll(new LinkedTables(options.getLedgerSchema()).definitionsOfDocuments());
    }
    return former;
  }

  /** The tables, to be looked up in the database. */
  public static RequiredTables required(IndexingOptions options, TargetTables target) {
    return new RequiredTables(
        RunPlan.connection(options).dialect(),
        needed(options, target),
        Set.of(RunPlan.runs(options).definition().table()));
  }
}

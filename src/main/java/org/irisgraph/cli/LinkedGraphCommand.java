package org.irisgraph.cli;

import org.irisgraph.linked.LinkedGraph;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.UsageException;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.plan.SettingsValidator;

/** A command that uses the linked graph in the database. */
abstract class LinkedGraphCommand extends DatabaseCommand {

  LinkedGraphCommand(KnownOptions known) {
    super(known);
  }

  /**
   * The graph that the options name.
   *
   * @throws UsageException if the options are wrong, or entities are not linked
   */
  final LinkedGraph linkedGraph(IndexingOptions options) {
    new SettingsValidator(known(), options).validateWritableDatabase();
    return RunPlan.linkedGraph(options)
        .map(graph -> graph.onConnections(RunPlan.connection(options)))
        .orElseThrow(
            () ->
                new UsageException(
                    "the command needs the linked graph: add --linkEntities=nodes or same_as"));
  }
}

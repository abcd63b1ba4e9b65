package org.irisgraph.run;

import java.sql.SQLException;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.Dialects;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.linked.CorrectedRows;
import org.irisgraph.options.IndexingOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows once the linked graph is published: iris-vector-graph traverses the global {@code
 * ^KG}, which its class {@code Graph.KG.Traversal} builds from the tables, and {@code ^NKG}, built
 * from {@code ^KG} (its engine.sync() calls the same methods).
 */
public final class PublishedGraphSync {

  private static final Logger LOG = LoggerFactory.getLogger(PublishedGraphSync.class);
  private static final String CLASS = "Graph.KG.Traversal";

  private PublishedGraphSync() {}

  /** Builds the indexes if the options ask for it; says how to build them otherwise. */
  public static void afterUpdate(
      LauncherConnection launcher, IndexingOptions options, CorrectedRows changes)
      throws SQLException, StoreException, InterruptedException {
    if (options.getGraphSchema() == null) {
      return;
    }
    LOG.info(
        "published the linked graph to {}: {} rows are new or changed, {} are gone",
        options.getGraphSchema(),
        changes.publishedWritten(),
        changes.publishedDeleted());
    Dialect dialect = Dialects.of(options.getJdbcUrl());
    if (options.isGraphSync()) {
      try {
        for (String method : new String[] {"BuildKG", "BuildNKG"}) {
          dialect.callClassMethod(launcher.usable(), CLASS, method);
        }
      } catch (SQLException e) {
        throw new StoreException.Configuration(
            ("the graph is published, but ##class(%s) could not build ^KG and ^NKG (%s): install"
                    + " iris-vector-graph in the namespace, or leave graphSync out and call"
                    + " engine.sync() in Python")
                .formatted(CLASS, e.getMessage()));
      }
    } else if (dialect.hasHints() && changes.publishedWritten() + changes.publishedDeleted() > 0) {
      LOG.info(
          "to fill ^KG and ^NKG run in the namespace: Do ##class({}).BuildKG(), Do"
              + " ##class({}).BuildNKG(); or engine.sync() in Python; or add --graphSync",
          CLASS,
          CLASS);
    }
  }
}

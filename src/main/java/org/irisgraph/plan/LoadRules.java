package org.irisgraph.plan;

import java.util.List;
import java.util.Locale;
import org.irisgraph.iris.spec.LongText;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.jdbc.Dialects;
import org.irisgraph.jdbc.IrisIsolation;
import org.irisgraph.options.DatabaseUrl;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.options.PassageStrategy;
import org.irisgraph.options.RunnerKind;

/** Checks that write mode, hints for IRIS and deferred indexes agree. */
final class LoadRules {

  private LoadRules() {}

  static void check(IndexingOptions options, List<String> problems) {
    List<String> hints = LoadSettings.hintNames(options);
    for (String hint : hints) {
      if (!LoadSettings.isHint(hint)) {
        problems.add("irisHints must be of nolock, nocheck, not \"%s\"".formatted(hint));
      }
    }
    boolean upserts = options.getWriteMode() == WriteMode.UPSERT;
    if (upserts && hints.contains("nocheck")) {
      problems.add(
          "irisHints=nocheck needs writeMode=insert: it would turn off the update of an upsert");
    }
    if (upserts && options.isDeferIndexes()) {
      problems.add(
          "deferIndexes needs writeMode=insert: an upsert finds rows by the indexes that are left"
              + " out");
    }
    if (options.getLinkEntities() != LinkEntities.NONE
        && (options.isDeferIndexes() || hints.contains("nocheck"))) {
      problems.add(
          "linkEntities=%s cannot be combined with deferIndexes or irisHints=nocheck: the nodes of"
                  .formatted(options.getLinkEntities().name().toLowerCase(Locale.ROOT))
              + " entities are looked up while documents are stored");
    }
    checkPassages(options, problems);
    if (options.getGraphSchema() != null && options.getLinkEntities() == LinkEntities.NONE) {
      problems.add(
          "graphSchema publishes the linked graph: it needs linkEntities=nodes or same_as");
    }
    if (options.isGraphSync() && options.getGraphSchema() == null) {
      problems.add("graphSync needs graphSchema, the tables from which ^KG is built");
    }
    if (options.isDeferIndexes() && RunnerKind.isRemoteFlink(options)) {
      problems.add(
          "deferIndexes is for runs in this JVM: a job on a cluster may outlive the run that is to"
              + " build the indexes");
    }
    if (options.getIrisIsolation() == IrisIsolation.READ_UNCOMMITTED && options.getWriters() > 1) {
      problems.add(
          "irisIsolation=readUncommitted needs writers=1: with more, a look-up could find rows that"
              + " another writer rolls back");
    }
    if (!takesHints(options.getJdbcUrl())) {
      if (!hints.isEmpty()) {
        problems.add("irisHints are for a jdbcUrl that begins with jdbc:IRIS:");
      }
      if (options.isDeferIndexes()) {
        problems.add("deferIndexes is for a jdbcUrl that begins with jdbc:IRIS:");
      }
      if (options.getIrisLongText() == LongText.STRING) {
        problems.add("irisLongText=string is for a jdbcUrl that begins with jdbc:IRIS:");
      }
      if (options.isGraphSync()) {
        problems.add("graphSync is for a jdbcUrl that begins with jdbc:IRIS:");
      }
      if (options.getIrisIsolation() != IrisIsolation.READ_COMMITTED) {
        problems.add("irisIsolation is for a jdbcUrl that begins with jdbc:IRIS:");
      }
    }
  }

  private static void checkPassages(IndexingOptions options, List<String> problems) {
    if (options.getPassages() == PassageStrategy.NONE) {
      return;
    }
    if (options.getPassageOverlap() >= options.getPassageSize()) {
      problems.add(
          "passageOverlap must be less than passageSize, not %d and %d"
              .formatted(options.getPassageOverlap(), options.getPassageSize()));
    }
    if (JdbcInput.isInPlace(options)) {
      problems.add(
          "passages=sentences is for documents that the run stores: those that are in"
              + " SourceDocuments already are indexed in place, without rows of their own");
    }
  }

  /** Whether the database takes hints; a wrong URL is a problem of its own. */
  private static boolean takesHints(String jdbcUrl) {
    return new DatabaseUrl(jdbcUrl).problem().isPresent() || Dialects.of(jdbcUrl).hasHints();
  }
}

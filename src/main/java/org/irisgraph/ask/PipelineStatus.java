package org.irisgraph.ask;

import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import org.irisgraph.ledger.RejectReason;
import org.irisgraph.ledger.RunTotals;
import org.jspecify.annotations.Nullable;

/**
 * What is in the database, and what the runs of a pipeline have done.
 *
 * @param documents those of the pipeline by outcome; {@code stale} ones have an earlier version
 *     that could be read
 * @param entities all in the schema by type, most first; under {@link #UNCOUNTED} if they are too
 *     many to be counted by type
 * @param relationships the same for relationships
 * @param nodes the same for nodes of the linked graph; null without such a graph
 * @param unlinked changed documents that the linked graph does not reflect yet
 * @param rejected what was rejected or left out, by code, most first
 * @param lastRun the run that has seen documents last; null if none has
 * @param running the run that holds the pipeline's lease; null if none does
 */
public record PipelineStatus(
    String pipeline,
    Map<String, Long> documents,
    Map<String, Long> entities,
    Map<String, Long> relationships,
    @Nullable Map<String, Long> nodes,
    long unlinked,
    List<RejectReason> rejected,
    @Nullable Run lastRun,
    @Nullable Lease running) {

  /** The key of a number of rows that are not counted by type. */
  public static final String UNCOUNTED = "";

  /** What a run has seen. */
  public record Run(String runId, RunTotals totals) {}

  /** Who runs the pipeline. */
  public record Lease(String runId, @Nullable String host, @Nullable Timestamp since) {}
}

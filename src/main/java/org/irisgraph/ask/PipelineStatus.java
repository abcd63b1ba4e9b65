package org.irisgraph.ask;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import org.irisgraph.ledger.RecordedRun;
import org.irisgraph.ledger.RejectReason;
import org.irisgraph.ledger.RunTotals;
import org.irisgraph.report.Progress;
import org.jspecify.annotations.Nullable;

/**
 * What is in the database, and what the runs of a pipeline have done.
 *
 * @param documents those of the pipeline by outcome; {@code stale} ones have an earlier version
 *     that could be read
 * @param rejected what was rejected or left out, by code, most first
 * @param runs the last ones, the newest first
 * @param runsMissing why there are none; null if the table of runs can be read
 * @param lastRun the run that has seen documents last; null if none has
 * @param running the run that holds the pipeline's lease; null if none does
 */
@JsonPropertyOrder({
  "pipeline",
  "documents",
  "graph",
  "rejected",
  "runs",
  "runsMissing",
  "lastRun",
  "running"
})
public record PipelineStatus(
    String pipeline,
    Map<String, Long> documents,
    @JsonUnwrapped Graph graph,
    List<RejectReason> rejected,
    List<RecordedRun> runs,
    @Nullable String runsMissing,
    @Nullable Run lastRun,
    @Nullable Running running) {

  /** The key of a number of rows that are not counted by type. */
  public static final String UNCOUNTED = "";

  /**
   * What is in the schema, of all pipelines.
   *
   * @param entities by type, most first; under {@link #UNCOUNTED} if they are too many to be
   *     counted by type
   * @param relationships the same for relationships
   * @param nodes the same for nodes of the linked graph; null without such a graph
   * @param unlinked changed documents that the linked graph does not reflect yet
   */
  @JsonPropertyOrder({"entities", "relationships", "nodes", "unlinked"})
  public record Graph(
      Map<String, Long> entities,
      Map<String, Long> relationships,
      @Nullable Map<String, Long> nodes,
      long unlinked) {}

  /** What a run has seen. */
  public record Run(String runId, RunTotals totals) {}

  /**
   * The run that holds the lease.
   *
   * @param phase what it did when it wrote its row last; null without that row
   * @param read documents that were read, those that are not stored yet among them
   * @param settled documents whose outcome the ledger has
   * @param total documents of the input, about; 0 if unknown
   * @param documentsPerSecond settled ones, since its start; null if unknown
   */
  public record Running(
      String runId,
      @Nullable String host,
      @Nullable Timestamp since,
      @Nullable String phase,
      long read,
      long settled,
      long total,
      @Nullable Double documentsPerSecond) {

    /** A run with a row, which may be older than what the ledger has of it. */
    static Running of(
        RecordedRun run, @Nullable String host, @Nullable Timestamp since, long settled) {
      Double rate = run.documentsPerSecond();
      long elapsed = System.currentTimeMillis() - run.time().startedAt().getTime();
      if ((rate == null || rate == 0) && settled > 0 && elapsed > 0) {
        // No launcher counts for a job that goes on without it.
        rate = settled * 1000.0 / elapsed;
      }
      return new Running(
          run.runId(),
          host,
          since,
          run.phase(),
          Math.max(run.input().read(), settled),
          settled,
          run.input().total(),
          rate);
    }

    /** The share of the input that is settled, below 1 since the total is an estimate. */
    @JsonProperty
    public @Nullable Double share() {
      return total > 0 ? Progress.share(settled, total) : null;
    }
  }
}

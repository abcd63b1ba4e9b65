package org.irisgraph.ledger;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.sql.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * A run as its row in {@link IndexingRuns} has it.
 *
 * @param outcome {@link IndexingRuns#RUNNING}, {@link IndexingRuns#ABANDONED}, or the status of the
 *     run's summary
 * @param phase what it is doing; null if it has ended
 * @param renewedAt when it last wrote its row
 * @param millis from the start of the flow to its end, or to the last renewal
 * @param total documents of the input, about; 0 if unknown
 * @param read documents and unreadable places
 * @param entities rows that the run stored
 * @param relationships the same
 * @param readingMillis summed over the workers; null if unknown
 * @param waitingMillis the same, without a connection to the database
 * @param storingMillis the same, without waiting
 */
public record RecordedRun(
    String runId,
    String outcome,
    @Nullable String phase,
    Timestamp startedAt,
    Timestamp renewedAt,
    @Nullable Timestamp endedAt,
    long millis,
    long total,
    long read,
    long indexed,
    long unchanged,
    long partial,
    long rejected,
    long stale,
    long deleted,
    long entities,
    long relationships,
    @Nullable Long readingMillis,
    @Nullable Long waitingMillis,
    @Nullable Long storingMillis) {

  /**
   * A run that goes on.
   *
   * @param read documents that were read, those that are not stored yet among them
   * @param totals what the ledger has of it
   */
  public static RecordedRun running(
      String runId,
      String phase,
      Timestamp startedAt,
      long millis,
      long total,
      long read,
      RunTotals totals) {
    return new RecordedRun(
        runId,
        IndexingRuns.RUNNING,
        phase,
        startedAt,
        new Timestamp(System.currentTimeMillis()),
        null,
        millis,
        total,
        Math.max(read, totals.read()),
        totals.indexed(),
        totals.unchanged(),
        totals.partial(),
        totals.rejected(),
        totals.stale(),
        0,
        totals.entityRows(),
        totals.relationshipRows(),
        null,
        null,
        null);
  }

  /** The same run, which has ended without saying how. */
  public RecordedRun abandoned(RunTotals totals) {
    return new RecordedRun(
        runId,
        IndexingRuns.ABANDONED,
        null,
        startedAt,
        renewedAt,
        renewedAt,
        millis,
        total,
        totals.read(),
        totals.indexed(),
        totals.unchanged(),
        totals.partial(),
        totals.rejected(),
        totals.stale(),
        deleted,
        totals.entityRows(),
        totals.relationshipRows(),
        readingMillis,
        waitingMillis,
        storingMillis);
  }

  /** Documents whose outcome the ledger has. */
  @JsonProperty
  public long settled() {
    return indexed + unchanged + partial + rejected + stale;
  }

  /** Settled documents per second of the flow; null if it took no time. */
  @JsonProperty
  public @Nullable Double documentsPerSecond() {
    return millis > 0 ? settled() * 1000.0 / millis : null;
  }
}

package org.irisgraph.ledger;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.sql.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * A run as its row in {@link IndexingRuns} has it.
 *
 * @param outcome {@link IndexingRuns#RUNNING}, {@link IndexingRuns#ABANDONED}, or the status of the
 *     run's summary
 * @param phase what it is doing; null if it has ended
 */
@JsonPropertyOrder({
  "runId",
  "outcome",
  "phase",
  "time",
  "input",
  "documents",
  "changes",
  "work",
  "settled",
  "documentsPerSecond"
})
public record RecordedRun(
    String runId,
    String outcome,
    @Nullable String phase,
    @JsonUnwrapped Time time,
    @JsonUnwrapped Input input,
    @JsonUnwrapped RunTotals.Documents documents,
    @JsonUnwrapped Changes changes,
    @JsonUnwrapped Work work) {

  /**
   * When a run was.
   *
   * @param renewedAt when it last wrote its row
   * @param millis from the start of the flow to its end, or to the last renewal
   */
  @JsonPropertyOrder({"startedAt", "renewedAt", "endedAt", "millis"})
  public record Time(
      Timestamp startedAt, Timestamp renewedAt, @Nullable Timestamp endedAt, long millis) {}

  /**
   * How much a run has read.
   *
   * @param total documents of the input, about; 0 if unknown
   * @param read documents and unreadable places, those that are not stored yet among them
   */
  @JsonPropertyOrder({"total", "read"})
  public record Input(long total, long read) {}

  /**
   * What a run changed.
   *
   * @param deleted documents
   * @param entities rows that the run stored
   * @param relationships the same
   */
  @JsonPropertyOrder({"deleted", "entities", "relationships"})
  public record Changes(long deleted, long entities, long relationships) {

    static Changes of(long deleted, RunTotals totals) {
      return new Changes(deleted, totals.stored().entity(), totals.stored().relationship());
    }
  }

  /**
   * Where the time went, summed over the workers; null if unknown.
   *
   * @param waitingMillis without a connection to the database
   * @param storingMillis without waiting
   */
  @JsonPropertyOrder({"readingMillis", "waitingMillis", "storingMillis"})
  public record Work(
      @Nullable Long readingMillis, @Nullable Long waitingMillis, @Nullable Long storingMillis) {
    static final Work UNKNOWN = new Work(null, null, null);
  }

  /**
   * A run that goes on.
   *
   * @param totals what the ledger has of it
   */
  public static RecordedRun running(
      String runId, String phase, Time time, Input input, RunTotals totals) {
    return new RecordedRun(
        runId,
        IndexingRuns.RUNNING,
        phase,
        time,
        new Input(input.total(), Math.max(input.read(), totals.read())),
        totals.documents(),
        Changes.of(0, totals),
        Work.UNKNOWN);
  }

  /** The same run, which has ended without saying how. */
  public RecordedRun abandoned(RunTotals totals) {
    return new RecordedRun(
        runId,
        IndexingRuns.ABANDONED,
        null,
        new Time(time.startedAt(), time.renewedAt(), time.renewedAt(), time.millis()),
        new Input(input.total(), totals.read()),
        totals.documents(),
        Changes.of(changes.deleted(), totals),
        work);
  }

  /** Documents whose outcome the ledger has. */
  @JsonProperty
  public long settled() {
    return documents.read();
  }

  /** Settled documents per second of the flow; null if it took no time. */
  @JsonProperty
  public @Nullable Double documentsPerSecond() {
    return time.millis() > 0 ? settled() * 1000.0 / time.millis() : null;
  }
}

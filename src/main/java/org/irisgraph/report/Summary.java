package org.irisgraph.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.irisgraph.files.AtomicFile;

/**
 * What a run did. Its JSON is a contract: the names and the order of the keys are those of the
 * components here. Figures that only workers know are null where a cluster does not tell them;
 * those of the ledger never are.
 *
 * @param runId the run's id
 * @param pipeline the pipeline's name
 * @param runner the runner's simple class name
 * @param status how it ended
 * @param seconds how long it took, from the start of the job to the last commit
 * @param documents what became of each document
 * @param rows what became of the rows of each table, by the table's qualified name
 * @param batches how the rows were stored
 * @param statements how often the database was asked
 * @param documentsPerSecond documents read per second
 * @param rowsPerSecond rows committed per second
 * @param foreignRows what became of the rows that other tools have stored
 * @param languageModel what a language model was asked; null, and not in the JSON, if none was
 */
@JsonPropertyOrder({
  "runId",
  "pipeline",
  "runner",
  "status",
  "seconds",
  "documents",
  "rows",
  "batches",
  "statements",
  "documentsPerSecond",
  "rowsPerSecond",
  "foreignRows",
  "languageModel"
})
public record Summary(
    String runId,
    String pipeline,
    String runner,
    Status status,
    double seconds,
    Documents documents,
    Map<String, Rows> rows,
    Batches batches,
    Statements statements,
    Double documentsPerSecond,
    Double rowsPerSecond,
    ForeignRows foreignRows,
    @JsonInclude(JsonInclude.Include.NON_NULL) LanguageModelFigures languageModel) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public Summary {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(documents, "documents");
    Objects.requireNonNull(batches, "batches");
    Objects.requireNonNull(statements, "statements");
    Objects.requireNonNull(foreignRows, "foreignRows");
    rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
    seconds = rounded(seconds, 3);
    documentsPerSecond = documentsPerSecond == null ? null : rounded(documentsPerSecond, 1);
    rowsPerSecond = rowsPerSecond == null ? null : rounded(rowsPerSecond, 1);
  }

  /**
   * A summary whose rates follow from its figures.
   *
   * @param status {@link Documents#status()} for a run that came to its end, else {@link
   *     Status#FAILED}
   */
  public static Summary of(
      String runId,
      String pipeline,
      String runner,
      Status status,
      double seconds,
      Documents documents,
      Map<String, Rows> rows,
      Batches batches,
      Statements statements,
      ForeignRows foreignRows) {
    long committed = rows.values().stream().mapToLong(Rows::committed).sum();
    return new Summary(
        runId,
        pipeline,
        runner,
        status,
        seconds,
        documents,
        rows,
        batches,
        statements,
        seconds > 0 ? documents.read() / seconds : null,
        seconds > 0 ? committed / seconds : null,
        foreignRows,
        null);
  }

  /** The same with the language model's figures; null without one. */
  public Summary withLanguageModel(LanguageModelFigures figures) {
    return new Summary(
        runId,
        pipeline,
        runner,
        status,
        seconds,
        documents,
        rows,
        batches,
        statements,
        documentsPerSecond,
        rowsPerSecond,
        foreignRows,
        figures);
  }

  /** The summary of a detached run. */
  public static Summary submitted(String runId, String pipeline, String runner) {
    return of(
        runId,
        pipeline,
        runner,
        Status.SUBMITTED,
        0,
        Documents.of(0, 0, 0, 0, 0, 0),
        Map.of(),
        Batches.UNKNOWN,
        Statements.UNKNOWN,
        ForeignRows.UNKNOWN);
  }

  /** The exit code of the run. */
  @JsonIgnore
  public int exitCode() {
    return switch (status) {
      case SUCCEEDED, SUBMITTED -> 0;
      case PARTIAL -> 3;
      case FAILED -> 1;
    };
  }

  /** The summary as indented JSON, ending with a line break. */
  public String toJson() throws IOException {
    return JSON.writeValueAsString(this) + "\n";
  }

  /** Writes the JSON to a file, whole or not at all. Missing parent directories are created. */
  public void writeTo(Path file) throws IOException {
    AtomicFile.<IOException>write(
        file,
        writer -> {
          writer.write(toJson());
          return true;
        });
  }

  private static double rounded(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).doubleValue();
  }

  /** How a run ended. */
  public enum Status {
    /** Every document is indexed or unchanged. */
    @JsonProperty("succeeded")
    SUCCEEDED,
    /** It came to its end; something was rejected, partial or stale. */
    @JsonProperty("partial")
    PARTIAL,
    /** It stopped before its end. */
    @JsonProperty("failed")
    FAILED,
    /** Submitted to a cluster, detached; the ledger has its outcome. */
    @JsonProperty("submitted")
    SUBMITTED
  }

  /**
   * What became of the documents; read = indexed + unchanged + partial + rejected + stale.
   *
   * @param read all that were seen
   * @param indexed stored whole by this run
   * @param unchanged stored by an earlier run from the same content and settings
   * @param partial stored without some of their rows
   * @param rejected not stored, named with the reason
   * @param stale unreadable now, stored as they were last readable
   * @param deleted removed because their source is gone
   */
  @JsonPropertyOrder({"read", "indexed", "unchanged", "partial", "rejected", "stale", "deleted"})
  public record Documents(
      long read,
      long indexed,
      long unchanged,
      long partial,
      long rejected,
      long stale,
      long deleted) {

    public Documents {
      if (read != indexed + unchanged + partial + rejected + stale) {
        throw new IllegalArgumentException(
            "read %d documents, but %d indexed, %d unchanged, %d partial, %d rejected, %d stale"
                .formatted(read, indexed, unchanged, partial, rejected, stale));
      }
    }

    /** The documents by their outcome; those that were read are their sum. */
    public static Documents of(
        long indexed, long unchanged, long partial, long rejected, long stale, long deleted) {
      return new Documents(
          indexed + unchanged + partial + rejected + stale,
          indexed,
          unchanged,
          partial,
          rejected,
          stale,
          deleted);
    }

    /** How a run with these documents ends if it comes to its end. */
    @JsonIgnore
    public Status status() {
      return partial == 0 && rejected == 0 && stale == 0 ? Status.SUCCEEDED : Status.PARTIAL;
    }
  }

  /**
   * What became of the rows of a table.
   *
   * @param committed rows that were written and committed, the unchanged ones not among them
   * @param rejected rows that were refused, by validation or by the database
   */
  @JsonPropertyOrder({"committed", "rejected"})
  public record Rows(long committed, long rejected) {}

  /**
   * How rows were stored; each figure null if the workers' metrics are not known.
   *
   * @param committed transactions
   * @param retried batches that were tried again
   * @param isolated batches that were taken apart to find bad rows
   * @param fallbacks batches that were stored row by row, or by upserts instead of inserts
   */
  @JsonPropertyOrder({
    "committed",
    "retried",
    "isolated",
    "fallbacks",
    "rowsMin",
    "rowsMax",
    "rowsMean",
    "millisMean",
    "millisMax"
  })
  public record Batches(
      Long committed,
      Long retried,
      Long isolated,
      Long fallbacks,
      Long rowsMin,
      Long rowsMax,
      Double rowsMean,
      Double millisMean,
      Long millisMax) {

    /** For runs whose workers do not tell. */
    public static final Batches UNKNOWN =
        new Batches(null, null, null, null, null, null, null, null, null);

    public Batches {
      rowsMean = rowsMean == null ? null : rounded(rowsMean, 1);
      millisMean = millisMean == null ? null : rounded(millisMean, 1);
    }
  }

  /**
   * How often the database was asked; null if the workers' metrics are not known.
   *
   * @param executeBatch calls of executeBatch
   * @param commit calls of commit
   */
  @JsonPropertyOrder({"executeBatch", "commit"})
  public record Statements(Long executeBatch, Long commit) {

    /** For runs whose workers do not tell. */
    public static final Statements UNKNOWN = new Statements(null, null);
  }

  /**
   * The entities and relationships of other tools; see the option {@code foreignRows}.
   *
   * @param kept how many there are for the documents that the run has written; null if nobody
   *     looked
   * @param replaced how many were deleted; null if the workers' metrics are not known
   * @param held how many rows of ours stay though their document has them no more, because kept
   *     ones refer to them; null if the workers' metrics are not known
   */
  @JsonPropertyOrder({"kept", "replaced", "held"})
  public record ForeignRows(Long kept, Long replaced, Long held) {

    /** For runs that do not tell. */
    public static final ForeignRows UNKNOWN = new ForeignRows(null, null, null);
  }
}

package org.irisgraph.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.files.AtomicFile;
import org.irisgraph.ledger.RejectReason;
import org.irisgraph.plan.ChosenNames;
import org.jspecify.annotations.Nullable;

/**
 * What a run did. Its JSON is a contract: the names and the order of the keys. Figures that only
 * workers know are null if the cluster does not report them; those of the ledger never are.
 */
@AutoValue
@JsonPropertyOrder({
  "runId",
  "pipeline",
  "runner",
  "status",
  "seconds",
  "documents",
  "passages",
  "rows",
  "batches",
  "statements",
  "documentsPerSecond",
  "rowsPerSecond",
  "foreignRows",
  "languageModel",
  "embeddingModel",
  "names",
  "reasons",
  "leftOut"
})
public abstract class Summary {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @JsonProperty
  public abstract String runId();

  /** The pipeline's name. */
  @JsonProperty
  public abstract String pipeline();

  /** The runner's simple class name. */
  @JsonProperty
  public abstract String runner();

  /** {@link Documents#status()} for a run that came to its end, else {@link Status#FAILED}. */
  @JsonProperty
  public abstract Status status();

  /** How long the run took, from the start of the job to the last commit. */
  @JsonProperty
  public abstract double seconds();

  @JsonProperty
  public abstract Documents documents();

  /**
   * The parts of texts that this run has stored beside them; null, and not in the JSON, if texts
   * are not divided.
   */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public abstract @Nullable Long passages();

  /** The rows of each table, by the table's qualified name. */
  @JsonProperty
  public abstract Map<String, Rows> rows();

  @JsonProperty
  public abstract BatchFigures batches();

  @JsonProperty
  public abstract StatementFigures statements();

  @JsonProperty
  public abstract ForeignRowFigures foreignRows();

  /** The use of a language model; null, and not in the JSON, if the run uses none. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public abstract @Nullable LanguageModelFigures languageModel();

  /** The use of an embedding model behind an endpoint; null if there is none. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public abstract @Nullable EmbeddingFigures embeddingModel();

  /**
   * The models of names that the run has chosen, and why; null, and not in the JSON, if the
   * settings name them.
   */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public abstract @Nullable ChosenNames names();

  /** Why documents and rows were rejected, most frequent first; not in the JSON if none were. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public abstract List<RejectReason> reasons();

  /** Null, and not in the JSON, of a run that was only submitted. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public abstract @Nullable LeftOut leftOut();

  /** A summary without documents, rows and figures of workers. */
  public static Builder builder() {
    return new AutoValue_Summary.Builder()
        .setSeconds(0)
        .setDocuments(Documents.of(0, 0, 0, 0, 0, 0))
        .setRows(Map.of())
        .setReasons(List.of())
        .setBatches(BatchFigures.UNKNOWN)
        .setStatements(StatementFigures.UNKNOWN)
        .setForeignRows(ForeignRowFigures.UNKNOWN);
  }

  /** Documents read per second; null if the run took no time. */
  @JsonProperty
  public @Nullable Double documentsPerSecond() {
    return perSecond(documents().read());
  }

  /** Rows committed per second; null if the run took no time. */
  @JsonProperty
  public @Nullable Double rowsPerSecond() {
    return perSecond(rows().values().stream().mapToLong(Rows::committed).sum());
  }

  private @Nullable Double perSecond(long count) {
    return seconds() > 0 ? rounded(count / seconds(), 1) : null;
  }

  /** The exit code of the run. */
  @JsonIgnore
  public int exitCode() {
    return switch (status()) {
      case SUCCEEDED, SUBMITTED -> 0;
      case PARTIAL -> 3;
      case FAILED, STOPPED -> 1;
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

  /** Builds a summary. */
  @AutoValue.Builder
  public abstract static class Builder {

    public abstract Builder setRunId(String runId);

    public abstract Builder setPipeline(String pipeline);

    public abstract Builder setRunner(String runner);

    public abstract Builder setStatus(Status status);

    public abstract Builder setSeconds(double seconds);

    public abstract Builder setDocuments(Documents documents);

    public abstract Builder setPassages(@Nullable Long passages);

    public abstract Builder setRows(Map<String, Rows> rows);

    public abstract Builder setBatches(BatchFigures batches);

    public abstract Builder setStatements(StatementFigures statements);

    public abstract Builder setForeignRows(ForeignRowFigures foreignRows);

    public abstract Builder setLanguageModel(@Nullable LanguageModelFigures figures);

    public abstract Builder setEmbeddingModel(@Nullable EmbeddingFigures figures);

    public abstract Builder setNames(@Nullable ChosenNames names);

    public abstract Builder setReasons(List<RejectReason> reasons);

    public abstract Builder setLeftOut(@Nullable LeftOut leftOut);

    abstract double seconds();

    abstract Map<String, Rows> rows();

    abstract Summary autoBuild();

    /** The summary, its seconds rounded to milliseconds, its tables in the given order. */
    public Summary build() {
      return setSeconds(rounded(seconds(), 3))
          .setRows(Collections.unmodifiableMap(new LinkedHashMap<>(rows())))
          .autoBuild();
    }
  }

  static double rounded(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).doubleValue();
  }

  /** How a run ended. */
  public enum Status {
    /** Every document is indexed or unchanged. */
    @JsonProperty("succeeded")
    SUCCEEDED,
    /** It came to its end; something was rejected, partial or stale, or there was no document. */
    @JsonProperty("partial")
    PARTIAL,
    /** Something ended it before its end. */
    @JsonProperty("failed")
    FAILED,
    /** It was asked to stop before its end, by a signal. */
    @JsonProperty("stopped")
    STOPPED,
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
}

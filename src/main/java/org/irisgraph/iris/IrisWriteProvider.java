package org.irisgraph.iris;

import com.google.auto.value.AutoValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldDescription;
import org.apache.beam.sdk.schemas.transforms.SchemaTransform;
import org.apache.beam.sdk.schemas.transforms.TypedSchemaTransformProvider;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.irisgraph.iris.spec.OnBadRow;
import org.irisgraph.iris.spec.RejectedRow;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.PasswordReference;
import org.joda.time.Duration;

/**
 * {@link IrisIO#writeRows} for Beam YAML and other languages, found by Beam's service loader under
 * {@value #IDENTIFIER}. Reads the rows of {@code input}; gives the stored ones as {@code committed}
 * and one row for each {@link RejectedRow} as {@code errors}.
 */
public final class IrisWriteProvider
    extends TypedSchemaTransformProvider<IrisWriteProvider.Configuration> {

  /** The name under which the transform is found. */
  public static final String IDENTIFIER = "irisgraph:iris_write:v1";

  private static final String INPUT = "input";
  private static final String COMMITTED = "committed";
  private static final String ERRORS = "errors";

  private static final Schema ERROR =
      Schema.builder()
          .addStringField("table")
          .addStringField("row_id")
          .addStringField("reason")
          .addStringField("code")
          .addStringField("message")
          .build();

  /**
   * The settings; those that are null keep the default of {@link IrisIO.Write}. The annotation is
   * the one that comes with Beam: where its class is missing, a setting would be required.
   */
  @DefaultSchema(AutoValueSchema.class)
  @AutoValue
  public abstract static class Configuration {

    @SchemaFieldDescription(
        "The JDBC URL of InterSystems IRIS, PostgreSQL or H2, without a password.")
    public abstract String getJdbcUrl();

    @SchemaFieldDescription("The user; by default the database's.")
    public abstract @Nullable String getUser();

    @SchemaFieldDescription(
        "Where each worker finds the password: env:NAME or file:PATH; by default it is empty.")
    public abstract @Nullable String getPasswordFrom();

    @SchemaFieldDescription(
        "The table, SCHEMA.TABLE. It must exist, with a column for each field of the rows.")
    public abstract String getTable();

    @SchemaFieldDescription("The columns of the table's primary key.")
    public abstract List<String> getKey();

    @SchemaFieldDescription("Connections of each worker JVM; by default 2.")
    public abstract @Nullable Integer getWriters();

    @SchemaFieldDescription("The most rows of one transaction, 1 to 10000; by default 1000.")
    public abstract @Nullable Integer getBatchRows();

    @SchemaFieldDescription(
        "How long a row of unbounded input waits for a full batch, in milliseconds; by default"
            + " without limit.")
    public abstract @Nullable Long getMaxBufferingMillis();

    @SchemaFieldDescription(
        "How long to retry in an outage before the bundle fails, in seconds; by default 300.")
    public abstract @Nullable Long getRetrySeconds();

    @SchemaFieldDescription(
        "What to do with a row that cannot be stored: skip, which puts it into errors, or stop; by"
            + " default skip.")
    public abstract @Nullable String getOnBadRow();

    @SchemaFieldDescription(
        "The statement for new rows: upsert, or insert, which is faster if no key exists yet; by"
            + " default upsert.")
    public abstract @Nullable String getWriteMode();

    static Builder builder() {
      return new AutoValue_IrisWriteProvider_Configuration.Builder();
    }

    @AutoValue.Builder
    abstract static class Builder {
      abstract Builder setJdbcUrl(String url);

      abstract Builder setUser(@Nullable String user);

      abstract Builder setPasswordFrom(@Nullable String reference);

      abstract Builder setTable(String table);

      abstract Builder setKey(List<String> key);

      abstract Builder setWriters(@Nullable Integer writers);

      abstract Builder setBatchRows(@Nullable Integer rows);

      abstract Builder setMaxBufferingMillis(@Nullable Long millis);

      abstract Builder setRetrySeconds(@Nullable Long seconds);

      abstract Builder setOnBadRow(@Nullable String treatment);

      abstract Builder setWriteMode(@Nullable String mode);

      abstract Configuration build();
    }
  }

  @Override
  public String identifier() {
    return IDENTIFIER;
  }

  @Override
  public String description() {
    return "Writes rows to a table of InterSystems IRIS, PostgreSQL or H2 in large idempotent"
        + " batches: a row replaces the one with the same key, a row that cannot be stored is given"
        + " in errors with its reason.";
  }

  @Override
  public List<String> inputCollectionNames() {
    return List.of(INPUT);
  }

  @Override
  public List<String> outputCollectionNames() {
    return List.of(COMMITTED, ERRORS);
  }

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is not allowed
   */
  @Override
  protected SchemaTransform from(Configuration configuration) {
    return new WriteRows(write(configuration));
  }

  private static IrisIO.Write<Row> write(Configuration configuration) {
    IrisIO.Write<Row> write =
        IrisIO.writeRows(configuration.getTable(), configuration.getKey().toArray(String[]::new))
            .withConnection(
                new ConnectionSettings(
                    configuration.getJdbcUrl(),
                    configuration.getUser(),
                    PasswordReference.of(configuration.getPasswordFrom()),
                    Map.of(),
                    Objects.requireNonNullElse(configuration.getWriters(), 2)));
    Integer batchRows = configuration.getBatchRows();
    if (batchRows != null) {
      write = write.withBatchRows(batchRows);
    }
    Long maxBufferingMillis = configuration.getMaxBufferingMillis();
    if (maxBufferingMillis != null) {
      write = write.withMaxBufferingDuration(Duration.millis(maxBufferingMillis));
    }
    Long retrySeconds = configuration.getRetrySeconds();
    if (retrySeconds != null) {
      write = write.withRetryFor(Duration.standardSeconds(retrySeconds));
    }
    String onBadRow = configuration.getOnBadRow();
    if (onBadRow != null) {
      write =
          write.withOnBadRow(oneOf("on_bad_row", onBadRow, List.of(OnBadRow.SKIP, OnBadRow.STOP)));
    }
    String writeMode = configuration.getWriteMode();
    return writeMode == null
        ? write
        : write.withWriteMode(oneOf("write_mode", writeMode, Arrays.asList(WriteMode.values())));
  }

  private static <E extends Enum<E>> E oneOf(String setting, String value, List<E> allowed) {
    return allowed.stream()
        .filter(constant -> name(constant).equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s is one of %s, not \"%s\""
                        .formatted(
                            setting,
                            allowed.stream().map(IrisWriteProvider::name).toList(),
                            value)));
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static final class WriteRows extends SchemaTransform {

    private final IrisIO.Write<Row> write;

    WriteRows(IrisIO.Write<Row> write) {
      this.write = write;
    }

    @Override
    public PCollectionRowTuple expand(PCollectionRowTuple input) {
      WriteResult<Row> result = input.getSinglePCollection().apply("WriteRows", write);
      PCollection<Row> errors =
          result
              .rejected()
              .apply(
                  "DescribeErrors",
                  MapElements.into(TypeDescriptors.rows()).via(IrisWriteProvider::error))
              .setRowSchema(ERROR);
      return PCollectionRowTuple.of(COMMITTED, result.committed()).and(ERRORS, errors);
    }
  }

  private static Row error(RejectedRow row) {
    return Row.withSchema(ERROR)
        .addValues(
            row.table(),
            row.rowId(),
            row.reason().name().toLowerCase(Locale.ROOT),
            row.code(),
            row.message())
        .build();
  }
}

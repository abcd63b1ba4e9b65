package org.irisgraph.plan;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.irisgraph.document.format.SourceReader;
import org.irisgraph.extract.setup.ExtractionSettings;
import org.irisgraph.extract.setup.Extractors;
import org.irisgraph.files.FileSystemLoader;
import org.irisgraph.graphrag.DeferredIndexes;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LedgerSettings;
import org.irisgraph.graphrag.TargetTables;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Dialects;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.lease.LeaseSettings;
import org.irisgraph.lease.PipelineLease;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.RunnerKind;
import org.irisgraph.options.UsageException;
import org.irisgraph.table.TableSource;

/**
 * What the options mean for one run.
 *
 * @param table what is read instead of files, once it has been looked at; null for files
 * @param extractors what the settings of extraction name, loaded; kept as long as the run lasts, so
 *     that the workers of this JVM share its dictionary
 * @param files what of that the job brings along to workers elsewhere
 * @param load which statements bring rows into the tables
 * @param lease the run's right to write for its pipeline
 * @param metadataLength the most characters of a document's metadata that its column holds
 */
public record RunPlan(
    IndexingOptions options,
    ConnectionSettings connection,
    GraphTables tables,
    LedgerSettings ledger,
    SourceReader reader,
    @Nullable TableSource table,
    ExtractionSettings extraction,
    Extractors extractors,
    ShippedFiles files,
    LoadSettings load,
    PipelineLease lease,
    int metadataLength) {

  private static final String LEDGER_TABLE = "DocumentLedger";
  private static final String LEASE_TABLE = "IndexingLease";

  /** More groups than any worker has threads; the Direct runner takes milliseconds for each. */
  private static final int BUCKETS_PER_THREAD = 16;

  /**
   * Reads dictionaries and patterns once, so that what is wrong with them is told before the start.
   *
   * @throws UsageException if they are wrong
   */
  public static RunPlan of(IndexingOptions options, String runId) throws IOException {
    ExtractionSettings extraction;
    Extractors extractors;
    try {
      extraction = ExtractionPlan.settings(options);
      extractors = Extractors.load(extraction, new FileSystemLoader());
    } catch (IllegalArgumentException e) {
      throw new UsageException(List.of(e.getMessage()));
    }
    ConnectionSettings connection = connection(options);
    LedgerSettings ledger =
        new LedgerSettings(
            ledgerTable(options),
            options.getPipeline(),
            runId,
            extractors.fingerprint(),
            Dialects.of(options.getJdbcUrl()).ignoresCase());
    return new RunPlan(
        options,
        connection,
        JdbcInput.isInPlace(options)
            ? new GraphTables(options.getSchema()).inPlace()
            : new GraphTables(options.getSchema()),
        ledger,
        ReaderSettings.reader(options, connection, ledger),
        null,
        extraction,
        extractors,
        RunnerKind.isRemoteFlink(options)
            ? ShippedFiles.of(extraction.files())
            : ShippedFiles.none(),
        LoadSettings.of(options),
        new PipelineLease(
            new LeaseSettings(
                leaseTable(options),
                options.getPipeline(),
                runId,
                TimeUnit.SECONDS.toMillis(options.getLeaseSeconds())),
            connection,
            RunnerKind.isRemoteFlink(options)),
        0);
  }

  public static String leaseTable(IndexingOptions options) {
    return options.getLedgerSchema() + "." + LEASE_TABLE;
  }

  public static String ledgerTable(IndexingOptions options) {
    return options.getLedgerSchema() + "." + LEDGER_TABLE;
  }

  /** How many groups the files and their chunks are spread over. */
  public int buckets() {
    return BUCKETS_PER_THREAD * RunnerKind.parallelism(options);
  }

  public TargetTables targetTables() {
    return new TargetTables(connection.dialect(), tables, ledger.table());
  }

  public RunPlan withMetadataLength(int length) {
    return with(table, load, length);
  }

  public RunPlan withLoad(LoadSettings other) {
    return with(table, other, metadataLength);
  }

  public RunPlan withTable(@Nullable TableSource other) {
    return with(other, load, metadataLength);
  }

  private RunPlan with(
      @Nullable TableSource otherTable, LoadSettings otherLoad, int otherMetadataLength) {
    return new RunPlan(
        options,
        connection,
        tables,
        ledger,
        reader,
        otherTable,
        extraction,
        extractors,
        files,
        otherLoad,
        lease,
        otherMetadataLength);
  }

  public DeferredIndexes deferredIndexes() {
    return new DeferredIndexes(connection.dialect(), tables, ledger.table());
  }

  /**
   * What {@code jdbcProperties} says, or another option of that ending.
   *
   * @throws UsageException if an item is not name=value, or names a password
   */
  static Map<String, String> driverProperties(String prefix, @Nullable List<String> items) {
    Map<String, String> properties = new HashMap<>();
    for (String item : Objects.requireNonNullElse(items, List.<String>of())) {
      int equals = item.indexOf('=');
      if (equals < 1) {
        throw new UsageException(
            "%sProperties must be name=value, not \"%s\"".formatted(prefix, item));
      }
      String name = item.substring(0, equals).strip();
      if (name.toLowerCase(Locale.ROOT).contains("password")) {
        throw new UsageException(
            "%1$sProperties must not hold a password: use %1$sPasswordFrom=env:NAME or file:PATH"
                .formatted(prefix));
      }
      properties.put(name, item.substring(equals + 1).strip());
    }
    return properties;
  }

  public static ConnectionSettings connection(IndexingOptions options) {
    return new ConnectionSettings(
        options.getJdbcUrl(),
        options.getJdbcUser(),
        PasswordReference.of(options.getJdbcPasswordFrom()),
        driverProperties("jdbc", options.getJdbcProperties()),
        options.getWriters());
  }
}

package org.irisgraph.plan;

import com.google.auto.value.AutoValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.irisgraph.document.format.SourceReader;
import org.irisgraph.embed.EmbeddingSource;
import org.irisgraph.graphrag.EvidenceTables;
import org.irisgraph.graphrag.GraphSchemaTables;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.graphrag.TargetTables;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.jdbc.TableDefinition;
import org.irisgraph.lease.LeaseSettings;
import org.irisgraph.lease.PipelineLease;
import org.irisgraph.ledger.DeferredIndexes;
import org.irisgraph.ledger.Fingerprint;
import org.irisgraph.ledger.IndexingRuns;
import org.irisgraph.ledger.LedgerSettings;
import org.irisgraph.linked.LinkedGraph;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.PassageStrategy;
import org.irisgraph.options.RunnerKind;
import org.irisgraph.table.TableSource;

/** The resolved options of one run. */
@AutoValue
public abstract class RunPlan {

  private static final String LEDGER_TABLE = "DocumentLedger";
  private static final String LEASE_TABLE = "IndexingLease";
  private static final String RUNS_TABLE = "IndexingRuns";

  /** More groups than any worker has threads; the Direct runner takes milliseconds for each. */
  private static final int BUCKETS_PER_THREAD = 16;

  public abstract IndexingOptions options();

  /** The database that is written to. */
  public abstract ConnectionSettings connection();

  public abstract GraphTables tables();

  public abstract LedgerSettings ledger();

  /** Reads the files of the input. */
  public abstract SourceReader reader();

  /** The table that is read instead of files, once its database has described it. */
  public abstract Optional<TableSource> table();

  public abstract Extraction extraction();

  /** The model that computes the vectors of texts; empty for no vectors. */
  public abstract Optional<EmbeddingSource> embedding();

  /** Which statements write the rows. */
  public abstract LoadSettings load();

  /** The run's exclusive right to write for its pipeline. */
  public abstract PipelineLease lease();

  /** The most characters that the column for a document's metadata holds; 0 until it is known. */
  public abstract int metadataLength();

  /** A plan from the options alone, before the database has been asked for anything. */
  public static RunPlan of(IndexingOptions options, String runId, Extraction extraction) {
    ConnectionSettings connection = connection(options);
    LedgerSettings ledger =
        new LedgerSettings(
            ledgerTable(options), options.getPipeline(), runId, fingerprint(options, extraction));
    return new AutoValue_RunPlan.Builder()
        .setOptions(options)
        .setConnection(connection)
        .setTables(writtenTables(options))
        .setLedger(ledger)
        .setReader(ReaderSettings.reader(options, connection, ledger))
        .setExtraction(extraction)
        .setEmbedding(EmbeddingPlan.source(options))
        .setLoad(LoadSettings.of(options))
        .setLease(lease(options, runId))
        .setMetadataLength(0)
        .build();
  }

  /** What a run makes documents with. */
  public static Fingerprint fingerprint(IndexingOptions options, Extraction extraction) {
    return new Fingerprint(
        extraction.extractors().fingerprint(),
        EmbeddingPlan.identity(options),
        extraction.extractors().formerFingerprints());
  }

  public abstract Builder toBuilder();

  /** Sets what a plan has beyond, or other than, the options. */
  @AutoValue.Builder
  public abstract static class Builder {

    abstract Builder setOptions(IndexingOptions options);

    abstract Builder setConnection(ConnectionSettings connection);

    public abstract Builder setTables(GraphTables tables);

    abstract Builder setLedger(LedgerSettings ledger);

    public abstract Builder setReader(SourceReader reader);

    public abstract Builder setTable(Optional<TableSource> table);

    abstract Builder setExtraction(Extraction extraction);

    public abstract Builder setEmbedding(Optional<EmbeddingSource> embedding);

    public abstract Builder setLoad(LoadSettings load);

    abstract Builder setLease(PipelineLease lease);

    public abstract Builder setMetadataLength(int characters);

    public abstract RunPlan build();
  }

  /** The tables of the graph, with those that link entities if they are linked. */
  public static GraphTables tables(IndexingOptions options) {
    GraphTables tables = GraphTables.of(options.getSchema());
    if (options.getEvidence()) {
      tables = tables.provedBy(new EvidenceTables(options.getLedgerSchema()));
    }
    if (options.getPassages() != PassageStrategy.NONE) {
      tables = tables.withPassages();
    }
    LinkedTables linked = new LinkedTables(options.getLedgerSchema());
    return switch (options.getLinkEntities()) {
      case NONE -> tables;
      case NODES -> tables.linkedBy(linked);
      case SAME_AS -> tables.linkedBy(linked).withSameAs();
    };
  }

  /** The same for a run, which may leave the rows of documents as they are. */
  public static GraphTables writtenTables(IndexingOptions options) {
    return JdbcInput.isInPlace(options) ? tables(options).inPlace() : tables(options);
  }

  /** The right of a run to write for its pipeline, which it does not have yet. */
  public static PipelineLease lease(IndexingOptions options, String runId) {
    return new PipelineLease(
        new LeaseSettings(
            leaseTable(options),
            options.getPipeline(),
            runId,
            TimeUnit.SECONDS.toMillis(options.getLeaseSeconds())),
        connection(options),
        RunnerKind.isRemoteFlink(options));
  }

  public static String leaseTable(IndexingOptions options) {
    return options.getLedgerSchema() + "." + LEASE_TABLE;
  }

  /** The table of runs, which may be missing. */
  public static IndexingRuns runs(IndexingOptions options) {
    return new IndexingRuns(options.getLedgerSchema() + "." + RUNS_TABLE);
  }

  public static String ledgerTable(IndexingOptions options) {
    return options.getLedgerSchema() + "." + LEDGER_TABLE;
  }

  /** How to connect to the database that is written to. */
  public static ConnectionSettings connection(IndexingOptions options) {
    return new ConnectionSettings(
        options.getJdbcUrl(),
        options.getJdbcUser(),
        PasswordReference.of(options.getJdbcPasswordFrom()),
        DriverProperties.parse("jdbc", options.getJdbcProperties()),
        options.getWriters(),
        options.getIrisIsolation());
  }

  /** The number of groups that files and chunks are spread over. */
  public int buckets() {
    return BUCKETS_PER_THREAD * RunnerKind.parallelism(options());
  }

  public TargetTables targetTables() {
    return new TargetTables(connection().dialect(), tables(), ledger().table());
  }

  /** Nodes and edges across documents, if entities are linked. */
  public static Optional<LinkedGraph> linkedGraph(IndexingOptions options) {
    GraphTables tables = tables(options);
    return tables
        .linked()
        .map(
            linked ->
                new LinkedGraph(
                        tables, linked, connection(options).dialect(), options.getBatchRows())
                    .publishedTo(graphSchema(options).orElse(null)));
  }

  /** The tables of iris-vector-graph to which the linked graph is published. */
  public static Optional<GraphSchemaTables> graphSchema(IndexingOptions options) {
    return Optional.ofNullable(options.getGraphSchema()).map(GraphSchemaTables::new);
  }

  /**
   * The tables that publishing needs; none if the graph is not published.
   *
   * @param dimension the numbers in the vectors of nodes; empty if none are computed
   */
  public static List<TableDefinition> publishedTables(
      IndexingOptions options, OptionalInt dimension) {
    List<TableDefinition> needed = new ArrayList<>();
    graphSchema(options)
        .ifPresent(
            schema -> {
              LinkedTables linked = new LinkedTables(options.getLedgerSchema());
              needed.add(linked.publishedDefinition());
              if (dimension.isPresent()) {
                needed.add(linked.publishedVectorDefinition());
              }
              needed.addAll(schema.required());
              if (options.getCreateTables()) {
                needed.add(schema.documentDefinition());
                if (dimension.isPresent()) {
                  needed.add(schema.vectorDefinition(dimension.getAsInt()));
                }
              }
            });
    return needed;
  }

  public DeferredIndexes deferredIndexes() {
    return new DeferredIndexes(connection().dialect(), tables(), ledger().table());
  }
}

package org.irisgraph.run;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.replay.ReplayJob;
import org.irisgraph.replay.ReplayReport;
import org.irisgraph.report.Summary;

/** Runs the whole job on a corpus, into a database in memory that outlives the run. */
public final class IndexingRun implements AutoCloseable {

  private final Path corpus;
  private final Consumer<IndexingOptions> target;
  private final Connection connection;

  /** Into a database in memory of its own. */
  public IndexingRun(Path corpus) throws SQLException {
    this(corpus, "jdbc:h2:mem:" + UUID.randomUUID());
  }

  private IndexingRun(Path corpus, String jdbcUrl) throws SQLException {
    this(
        corpus,
        options -> options.setJdbcUrl(jdbcUrl),
        Database.connect(
            new ConnectionSettings(jdbcUrl, null, PasswordReference.of(null), Map.of(), 1)));
  }

  /** Into the database that the options name, which a connection looks into. */
  public IndexingRun(Path corpus, Consumer<IndexingOptions> target, Connection connection) {
    this.corpus = corpus;
    this.target = target;
    this.connection = connection;
  }

  /** What is read of a corpus. */
  static List<String> globs(Path corpus) {
    return List.of(
        corpus + "/**.jsonl",
        corpus + "/**.txt",
        corpus + "/**.md",
        corpus + "/**.xml",
        corpus + "/*.gz");
  }

  public Summary run(Consumer<IndexingOptions> settings) throws Exception {
    return new IndexingJob(options(settings)).run();
  }

  /** A run that has not started. */
  IndexingJob job(Consumer<IndexingOptions> settings) {
    return new IndexingJob(options(settings));
  }

  /** A run over what a scope selects. */
  IndexingJob job(Consumer<IndexingOptions> settings, Function<IndexingOptions, RunScope> scope) {
    IndexingOptions options = options(settings);
    return new IndexingJob(options, scope.apply(options));
  }

  /** What a run with these settings would ask a language model. */
  String estimate(Consumer<IndexingOptions> settings) throws Exception {
    return ModelEstimate.of(options(settings));
  }

  /** What a replay says. */
  public record Replayed(Summary summary, ReplayReport report) {}

  /** Replays a directory of dead letters or, if it is null, what the ledger names. */
  public Replayed replay(Path directory, Consumer<IndexingOptions> settings) throws Exception {
    ReplayJob job = new ReplayJob(options(settings), directory);
    Summary summary = job.run();
    return new Replayed(summary, job.report());
  }

  private IndexingOptions options(Consumer<IndexingOptions> settings) {
    IndexingOptions options = PipelineOptionsFactory.create().as(IndexingOptions.class);
    options.setRunner(DirectRunner.class);
    // Its driver polls without a pause on any thread that has nothing else to do, which takes a
    // third of the processor time of a run with several.
    options.as(DirectOptions.class).setTargetParallelism(1);
    options.setPipeline("test");
    options.setInput(globs(corpus));
    options.setDictionary(corpus + "/dictionary.tsv");
    // The tests of links ask for them; the others compare the documents' own rows.
    options.setLinkEntities(LinkEntities.NONE);
    target.accept(options);
    options.setCreateTables(true);
    options.setRetrySeconds(5);
    settings.accept(options);
    return options;
  }

  /** Two threads of the Direct runner, where it matters what happens at the same time. */
  public static void direct(IndexingOptions options) {
    options.as(DirectOptions.class).setTargetParallelism(2);
  }

  public static void flink(IndexingOptions options) {
    options.setRunner(FlinkRunner.class);
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    flink.setFlinkMaster("[local]");
    flink.setParallelism(2);
    flink.setStreaming(true);
    flink.setShutdownSourcesAfterIdleMs(0L);
  }

  /** All that the database says, but for times and the names of runs. */
  public Map<String, List<String>> contents() throws SQLException {
    Map<String, List<String>> contents = new LinkedHashMap<>();
    contents.put(
        "documents",
        rows("SELECT doc_id, text_content, metadata FROM RAG.SourceDocuments ORDER BY doc_id"));
    contents.put(
        "entities",
        rows(
            "SELECT entity_id, entity_name, entity_type, description, confidence, source_doc_id"
                + " FROM RAG.Entities ORDER BY entity_id"));
    contents.put(
        "relationships",
        rows(
            "SELECT relationship_id, source_entity_id, target_entity_id, relationship_type, weight,"
                + " confidence, source_document FROM RAG.EntityRelationships"
                + " ORDER BY relationship_id"));
    contents.put("mentions", rows("SELECT * FROM RAG.EntityMentions ORDER BY mention_key"));
    contents.put("evidence", rows("SELECT * FROM RAG.RelationshipEvidence ORDER BY evidence_key"));
    contents.put(
        "ledger",
        rows(
            "SELECT document_id, source, source_position, content_hash, outcome,"
                + " reasons, stale, CASE WHEN ledger_key = place_key THEN 1 ELSE 0 END, place_key,"
                + " fingerprint, document_rows, entity_rows,"
                + " relationship_rows, document_rows_rejected, entity_rows_rejected,"
                + " relationship_rows_rejected, metadata_keys_cut, relationships_dropped"
                + " FROM RAG.DocumentLedger"
                + " ORDER BY source, source_position, document_id"));
    return contents;
  }

  public List<String> rows(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          values.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join("|", values));
      }
    }
    return rows;
  }

  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

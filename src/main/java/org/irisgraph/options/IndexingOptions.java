package org.irisgraph.options;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.irisgraph.document.format.InputFormat;
import org.irisgraph.iris.ForeignRows;
import org.irisgraph.iris.LongText;
import org.irisgraph.iris.OnBadRow;
import org.irisgraph.iris.StorageMode;
import org.irisgraph.iris.WriteMode;
import org.irisgraph.jdbc.IrisIsolation;
import org.jspecify.annotations.Nullable;

/**
 * The options of a run. The getters declare names, groups, descriptions, defaults and ranges; the
 * help, {@code docs/options.md} and the validation follow from them. Flink's web page shows
 * options, so a secret is never an option, only a reference to it.
 */
public interface IndexingOptions extends JdbcInputOptions, TikaOptions, LanguageModelOptions {

  @Group(OptionGroup.INCREMENTAL)
  @Description("Name of the pipeline, which the ledger records with each document.")
  @Default.InstanceFactory(DerivedDefaults.PipelineName.class)
  String getPipeline();

  void setPipeline(String pipeline);

  @Group(OptionGroup.INPUT)
  @Description(
      "Globs of the files to read, separated by commas; ** matches any number of " + "folders.")
  @Nullable List<String> getInput();

  void setInput(List<String> input);

  @Group(OptionGroup.INPUT)
  @Description("Format of the files; auto detects it by file name and content.")
  @Default.Enum("AUTO")
  InputFormat getInputFormat();

  void setInputFormat(InputFormat inputFormat);

  @Group(OptionGroup.INPUT)
  @Description(
      "Encoding of text, Markdown, CSV and JSON files without a byte order mark, and of HTML that "
          + "declares none, as in windows-1252.")
  @Default.String("UTF-8")
  String getEncoding();

  void setEncoding(String encoding);

  @Group(OptionGroup.INPUT)
  @Description("CSV column with the document's id.")
  @Default.String("id")
  String getCsvIdColumn();

  void setCsvIdColumn(String csvIdColumn);

  @Group(OptionGroup.INPUT)
  @Description("CSV column with the text; columns without a role become metadata.")
  @Default.String("text")
  String getCsvTextColumn();

  void setCsvTextColumn(String csvTextColumn);

  @Group(OptionGroup.INPUT)
  @Description("CSV column with the title; a file may lack the column \"title\".")
  @Default.String("title")
  String getCsvTitleColumn();

  void setCsvTitleColumn(String csvTitleColumn);

  @Group(OptionGroup.INPUT)
  @Description("Field separator of CSV files; \\t is a tab.")
  @Default.InstanceFactory(DerivedDefaults.CsvDelimiter.class)
  @Nullable String getCsvDelimiter();

  void setCsvDelimiter(String csvDelimiter);

  @Group(OptionGroup.INPUT)
  @Description("Largest document in bytes; larger ones are rejected unread.")
  @Default.Integer(10_000_000)
  @Range(min = 1, max = 1_000_000_000)
  int getMaxDocumentBytes();

  void setMaxDocumentBytes(int maxDocumentBytes);

  @Group(OptionGroup.EXTRACTION)
  @Description("Extractors to run, separated by commas: dictionary, pattern, ner, llm.")
  @Default.InstanceFactory(DerivedDefaults.Extractors.class)
  List<String> getExtractors();

  void setExtractors(List<String> extractors);

  @Group(OptionGroup.EXTRACTION)
  @Description(
      "Dictionary file: term, type and optionally id on each line, separated by " + "tabs.")
  @Nullable String getDictionary();

  void setDictionary(String dictionary);

  @Group(OptionGroup.EXTRACTION)
  @Description(
      "Whether a Greek letter and its name are the same in the dictionary's terms, as in TNF-α "
          + "and TNF-alpha.")
  @Default.Boolean(false)
  boolean isGreekNames();

  void setGreekNames(boolean greekNames);

  @Group(OptionGroup.EXTRACTION)
  @Description("YAML file of named regular expressions for the extractor pattern.")
  @Nullable String getPatterns();

  void setPatterns(String patterns);

  @Group(OptionGroup.EXTRACTION)
  @Description("YAML file of the sentence patterns that express relationships.")
  @Nullable String getRelationPatterns();

  void setRelationPatterns(String relationPatterns);

  @Group(OptionGroup.EXTRACTION)
  @Description(
      "Model file for the extractor ner, as the command train writes it; "
          + "without it, the bundled model is used.")
  @Nullable String getNameModel();

  void setNameModel(String nameModel);

  @Group(OptionGroup.EXTRACTION)
  @Description("Most relationships per sentence; those between the nearest entities are " + "kept.")
  @Default.Integer(200)
  @Range(min = 0, max = 1_000_000)
  int getMaxRelationshipsPerSentence();

  void setMaxRelationshipsPerSentence(int maxRelationshipsPerSentence);

  @Group(OptionGroup.DATABASE)
  @Description(
      "Target database: jdbc:IRIS://host:port/namespace, jdbc:h2:file or "
          + "jdbc:postgresql://host/name.")
  @Default.String("jdbc:h2:./knowledge-graph")
  String getJdbcUrl();

  void setJdbcUrl(String jdbcUrl);

  @Group(OptionGroup.DATABASE)
  @Description("User of the target database.")
  @Nullable String getJdbcUser();

  void setJdbcUser(String jdbcUser);

  @Group(OptionGroup.DATABASE)
  @Description(
      "Where each worker finds the password, env:NAME or file:PATH; without it, "
          + "the password is empty.")
  @Nullable String getJdbcPasswordFrom();

  void setJdbcPasswordFrom(String jdbcPasswordFrom);

  @Group(OptionGroup.DATABASE)
  @Description(
      "Additional properties of the JDBC driver as name=value, separated by "
          + "commas; for TLS with IRIS \"connection security level=10\".")
  @Nullable List<String> getJdbcProperties();

  void setJdbcProperties(List<String> jdbcProperties);

  @Group(OptionGroup.DATABASE)
  @Description("Schema of the GraphRAG tables: a letter, then letters, digits or _.")
  @Default.String("RAG")
  String getSchema();

  void setSchema(String schema);

  @Group(OptionGroup.DATABASE)
  @Description("Schema of the ledger table.")
  @Default.InstanceFactory(DerivedDefaults.LedgerSchema.class)
  String getLedgerSchema();

  void setLedgerSchema(String ledgerSchema);

  @Group(OptionGroup.DATABASE)
  @Description("Whether to create missing tables and indexes.")
  @Default.InstanceFactory(DerivedDefaults.CreateTables.class)
  Boolean getCreateTables();

  void setCreateTables(Boolean createTables);

  @Group(OptionGroup.DATABASE)
  @Description(
      "Isolation on IRIS; readUncommitted is for servers that refuse readCommitted, and needs "
          + "writers=1.")
  @Default.Enum("READ_COMMITTED")
  IrisIsolation getIrisIsolation();

  void setIrisIsolation(IrisIsolation irisIsolation);

  @Group(OptionGroup.STORING)
  @Description("How rows are stored: in batches, or individually for comparison.")
  @Default.Enum("BATCH")
  StorageMode getStorageMode();

  void setStorageMode(StorageMode storageMode);

  @Group(OptionGroup.STORING)
  @Description(
      "How new rows are written: by upserts, or by inserts, which make a first "
          + "load faster and fall back to upserts.")
  @Default.Enum("UPSERT")
  WriteMode getWriteMode();

  void setWriteMode(WriteMode writeMode);

  @Group(OptionGroup.STORING)
  @Description(
      "IRIS checks to skip, separated by commas, each with the privilege of its "
          + "name: nolock (no row locks, only without concurrent writers), nocheck (no "
          + "constraint checks, only with writeMode=insert into empty tables).")
  @Nullable List<String> getIrisHints();

  void setIrisHints(List<String> irisHints);

  @Group(OptionGroup.STORING)
  @Description(
      "How IRIS gets texts above 3,641,144 characters, the limit of its strings: as streams, or "
          + "not at all (string), so that their documents are rejected as TOO_LONG.")
  @Default.Enum("STREAM")
  LongText getIrisLongText();

  void setIrisLongText(LongText irisLongText);

  @Group(OptionGroup.STORING)
  @Description(
      "Whether IRIS builds the indexes only at the end of the run, with the "
          + "privileges NOINDEX and BUILD_INDEX; until then queries find no rows, so "
          + "only with writeMode=insert into empty tables.")
  @Default.Boolean(false)
  boolean isDeferIndexes();

  void setDeferIndexes(boolean deferIndexes);

  @Group(OptionGroup.STORING)
  @Description("Most rows of a table in one transaction; IRIS escalates locks at the 1001st.")
  @Default.Integer(1000)
  @Range(min = 1, max = 10_000)
  int getBatchRows();

  void setBatchRows(int batchRows);

  @Group(OptionGroup.STORING)
  @Description("Most bytes of text in one batch.")
  @Default.Integer(8_000_000)
  @Range(min = 1, max = 1_000_000_000)
  int getMaxBatchBytes();

  void setMaxBatchBytes(int maxBatchBytes);

  @Group(OptionGroup.STORING)
  @Description("Database connections for storing in each worker's JVM.")
  @Default.InstanceFactory(DerivedDefaults.Writers.class)
  @Range(min = 1, max = 256)
  Integer getWriters();

  void setWriters(Integer writers);

  @Group(OptionGroup.STORING)
  @Description("Groups in which documents are batched, by hash of the document id.")
  @Default.InstanceFactory(DerivedDefaults.Shards.class)
  @Range(min = 1, max = 10_000)
  Integer getShards();

  void setShards(Integer shards);

  @Group(OptionGroup.STORING)
  @Description("Milliseconds after which a batch is stored even if it is not full.")
  @Default.Long(500)
  @Range(min = 1, max = 3_600_000)
  long getMaxBufferingMillis();

  void setMaxBufferingMillis(long maxBufferingMillis);

  @Group(OptionGroup.STORING)
  @Description(
      "Whether rewriting a document keeps or replaces the entities and "
          + "relationships that other tools stored for it.")
  @Default.Enum("KEEP")
  ForeignRows getForeignRows();

  void setForeignRows(ForeignRows foreignRows);

  @Group(OptionGroup.STORING)
  @Description(
      "What to do with a document that has a row that cannot be stored: skip the "
          + "row, reject the document, or stop the run.")
  @Default.Enum("SKIP")
  OnBadRow getOnBadRow();

  void setOnBadRow(OnBadRow onBadRow);

  @Group(OptionGroup.STORING)
  @Description(
      "Share of rejected documents above which the run fails, checked once 500 "
          + "documents are read.")
  @Default.Double(0.5)
  @Range(min = 0, max = 1)
  double getMaxRejectedShare();

  void setMaxRejectedShare(double maxRejectedShare);

  @Group(OptionGroup.INCREMENTAL)
  @Description(
      "Seconds without a sign of life after which another run of the pipeline may "
          + "take over; a starting run waits that long, once, for the end of another.")
  @Default.Integer(30)
  @Range(min = 1, max = 86_400)
  int getLeaseSeconds();

  void setLeaseSeconds(int leaseSeconds);

  @Group(OptionGroup.DATABASE)
  @Description("Seconds for which a database that fails during a run is retried.")
  @Default.Integer(300)
  @Range(min = 0, max = 86_400)
  int getRetrySeconds();

  void setRetrySeconds(int retrySeconds);

  @Group(OptionGroup.INCREMENTAL)
  @Description("Which documents to extract and store again.")
  @Default.Enum("CHANGED")
  Reindex getReindex();

  void setReindex(Reindex reindex);

  @Group(OptionGroup.INCREMENTAL)
  @Description(
      "Whether to delete documents of this pipeline that are no longer in the "
          + "input; nothing is deleted if anything could not be read.")
  @Default.Boolean(false)
  boolean isDeleteMissing();

  void setDeleteMissing(boolean deleteMissing);

  @Group(OptionGroup.INCREMENTAL)
  @Description("Largest share of the pipeline's documents that deleteMissing may delete.")
  @Default.Double(0.2)
  @Range(min = 0, max = 1)
  double getMaxDeletedShare();

  void setMaxDeletedShare(double maxDeletedShare);

  @Group(OptionGroup.INCREMENTAL)
  @Description("Whether deleteMissing may delete more than maxDeletedShare.")
  @Default.Boolean(false)
  boolean isForce();

  void setForce(boolean force);

  @Group(OptionGroup.INCREMENTAL)
  @Description(
      "Interval at which the input is checked for new and changed files, with a "
          + "unit of ms, s, m or h, as in 30s; without it, the input is read once.")
  @Nullable String getWatch();

  void setWatch(@Nullable String watch);

  @Group(OptionGroup.OUTPUT)
  @Description("Directory for a JSONL file of what was rejected, named after the run id.")
  @Nullable String getDeadLetters();

  void setDeadLetters(String deadLetters);

  @Group(OptionGroup.OUTPUT)
  @Description("File for the summary, as JSON.")
  @Nullable String getSummary();

  void setSummary(String summary);

  @Group(OptionGroup.OUTPUT)
  @Description("Format of the log on standard error.")
  @Default.Enum("TEXT")
  LogFormat getLogFormat();

  void setLogFormat(LogFormat logFormat);

  @Group(OptionGroup.OUTPUT)
  @Description("Whether to print the stack traces of errors.")
  @Default.Boolean(false)
  boolean isStacktrace();

  void setStacktrace(boolean stacktrace);
}

package org.irisgraph.options;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.irisgraph.document.format.InputFormat;
import org.irisgraph.iris.ForeignRows;
import org.irisgraph.iris.OnBadRow;
import org.irisgraph.iris.StorageMode;
import org.irisgraph.iris.WriteMode;

/**
 * What a run is told. The names are those of settings files and flags; descriptions, defaults and
 * ranges are declared here only, the help and the validation read them from here. Options travel to
 * the workers and are shown in Flink's web page: a secret is never an option, only where it is
 * found.
 */
public interface IndexingOptions extends JdbcInputOptions, TikaOptions, LanguageModelOptions {

  @Description("Name of the pipeline, under which the ledger knows its documents.")
  @Default.InstanceFactory(DerivedDefaults.PipelineName.class)
  String getPipeline();

  void setPipeline(String pipeline);

  @Description(
      "Globs of the files to read, separated by commas; ** stands for any number of folders.")
  List<String> getInput();

  void setInput(List<String> input);

  @Description("Format of the files; auto finds it out by ending and content.")
  @Default.Enum("AUTO")
  InputFormat getInputFormat();

  void setInputFormat(InputFormat inputFormat);

  @Description("Column of CSV files that has the document's id.")
  @Default.String("id")
  String getCsvIdColumn();

  void setCsvIdColumn(String csvIdColumn);

  @Description("Column of CSV files that has the text; those without a meaning are metadata.")
  @Default.String("text")
  String getCsvTextColumn();

  void setCsvTextColumn(String csvTextColumn);

  @Description("Column of CSV files that has the title; a file may be without \"title\".")
  @Default.String("title")
  String getCsvTitleColumn();

  void setCsvTitleColumn(String csvTitleColumn);

  @Description("What stands between the fields of CSV files, \\t for a tab.")
  @Default.InstanceFactory(DerivedDefaults.CsvDelimiter.class)
  String getCsvDelimiter();

  void setCsvDelimiter(String csvDelimiter);

  @Description("Size in bytes (10000000 are 10 MB) above which a document is rejected unread.")
  @Default.Integer(10_000_000)
  @Range(min = 1, max = 1_000_000_000)
  int getMaxDocumentBytes();

  void setMaxDocumentBytes(int maxDocumentBytes);

  @Description("Names of the extractors, separated by commas: dictionary, pattern, opennlp, llm.")
  @Default.InstanceFactory(DerivedDefaults.Extractors.class)
  List<String> getExtractors();

  void setExtractors(List<String> extractors);

  @Description("File of the dictionary: term, type and optionally id, separated by tabs.")
  String getDictionary();

  void setDictionary(String dictionary);

  @Description("YAML file of named regular expressions.")
  String getPatterns();

  void setPatterns(String patterns);

  @Description("YAML file of the forms in which sentences state relations.")
  String getRelationPatterns();

  void setRelationPatterns(String relationPatterns);

  @Description(
      "Model of the extractor opennlp, as the command train writes it. Default: the one that comes"
          + " with the program.")
  String getNameModel();

  void setNameModel(String nameModel);

  @Description(
      "Relationships that one sentence may give at most; those nearest to each other are kept.")
  @Default.Integer(200)
  @Range(min = 0, max = 1_000_000)
  int getMaxRelationshipsPerSentence();

  void setMaxRelationshipsPerSentence(int maxRelationshipsPerSentence);

  @Description(
      "Database to write to: jdbc:IRIS://host:port/namespace, jdbc:h2:file or jdbc:postgresql://host/name.")
  @Default.String("jdbc:h2:./knowledge-graph")
  String getJdbcUrl();

  void setJdbcUrl(String jdbcUrl);

  @Description("User of the database.")
  String getJdbcUser();

  void setJdbcUser(String jdbcUser);

  @Description(
      "Where the password is found on each worker, env:NAME or file:PATH; without it the password"
          + " is empty.")
  String getJdbcPasswordFrom();

  void setJdbcPasswordFrom(String jdbcPasswordFrom);

  @Description(
      "Further properties of the JDBC driver as name=value, separated by commas; for TLS with IRIS"
          + " \"connection security level=10\".")
  List<String> getJdbcProperties();

  void setJdbcProperties(List<String> jdbcProperties);

  @Description("Schema of the tables that GraphRAG reads: a letter, then letters, digits or _.")
  @Default.String("RAG")
  String getSchema();

  void setSchema(String schema);

  @Description("Schema of the ledger table.")
  @Default.InstanceFactory(DerivedDefaults.LedgerSchema.class)
  String getLedgerSchema();

  void setLedgerSchema(String ledgerSchema);

  @Description("Whether missing tables and indexes are created.")
  @Default.InstanceFactory(DerivedDefaults.CreateTables.class)
  Boolean getCreateTables();

  void setCreateTables(Boolean createTables);

  @Description("How rows are stored: in batches or, to compare, row by row.")
  @Default.Enum("BATCH")
  StorageMode getStorageMode();

  void setStorageMode(StorageMode storageMode);

  @Description(
      "How new rows are written: by upserts, or for a fast first load by plain inserts, which fall"
          + " back to upserts.")
  @Default.Enum("UPSERT")
  WriteMode getWriteMode();

  void setWriteMode(WriteMode writeMode);

  @Description(
      "What IRIS does without, separated by commas, each with the privilege of its name: nolock (no"
          + " row is locked, so only while nobody else writes), nocheck (no constraint is checked, so"
          + " only with writeMode=insert into empty tables).")
  List<String> getIrisHints();

  void setIrisHints(List<String> irisHints);

  @Description(
      "Whether IRIS builds the indexes only when the run has ended, with the privileges NOINDEX and"
          + " BUILD_INDEX: until then queries find no rows, so only with writeMode=insert into empty"
          + " tables.")
  @Default.Boolean(false)
  boolean isDeferIndexes();

  void setDeferIndexes(boolean deferIndexes);

  @Description("Rows of a table in one transaction at most; IRIS escalates locks at the 1001st.")
  @Default.Integer(1000)
  @Range(min = 1, max = 10_000)
  int getBatchRows();

  void setBatchRows(int batchRows);

  @Description("Bytes of text in one batch at most.")
  @Default.Integer(8_000_000)
  @Range(min = 1, max = 1_000_000_000)
  int getMaxBatchBytes();

  void setMaxBatchBytes(int maxBatchBytes);

  @Description("Connections for storing in each worker's JVM.")
  @Default.InstanceFactory(DerivedDefaults.Writers.class)
  @Range(min = 1, max = 256)
  Integer getWriters();

  void setWriters(Integer writers);

  @Description("Parts that batches are gathered in, by hash of the document id.")
  @Default.InstanceFactory(DerivedDefaults.Shards.class)
  @Range(min = 1, max = 10_000)
  Integer getShards();

  void setShards(Integer shards);

  @Description("Milliseconds after which a batch is stored though it is not full.")
  @Default.Long(500)
  @Range(min = 1, max = 3_600_000)
  long getMaxBufferingMillis();

  void setMaxBufferingMillis(long maxBufferingMillis);

  @Description(
      "What becomes of the entities and relationships that other tools have stored for a document"
          + " when it is written: they are kept, and with them what they refer to, or replaced."
          + " Unchanged documents are not touched, with reindex=all they are.")
  @Default.Enum("KEEP")
  ForeignRows getForeignRows();

  void setForeignRows(ForeignRows foreignRows);

  @Description("What happens to a document with a row that cannot be stored.")
  @Default.Enum("SKIP")
  OnBadRow getOnBadRow();

  void setOnBadRow(OnBadRow onBadRow);

  @Description(
      "Share of rejected documents above which the run fails, once 500 documents are read.")
  @Default.Double(0.5)
  @Range(min = 0, max = 1)
  double getMaxRejectedShare();

  void setMaxRejectedShare(double maxRejectedShare);

  @Description(
      "Seconds after which a run that gives no sign of life may be replaced by another one of the"
          + " same pipeline; as long, and once, a run waits for the end of another.")
  @Default.Integer(30)
  @Range(min = 1, max = 86_400)
  int getLeaseSeconds();

  void setLeaseSeconds(int leaseSeconds);

  @Description("Seconds for which a database that fails after the start is tried again.")
  @Default.Integer(300)
  @Range(min = 0, max = 86_400)
  int getRetrySeconds();

  void setRetrySeconds(int retrySeconds);

  @Description("Which documents are extracted and stored again.")
  @Default.Enum("CHANGED")
  Reindex getReindex();

  void setReindex(Reindex reindex);

  @Description(
      "Whether documents of this pipeline that the input does not have any more are deleted, once"
          + " everything is read; nothing is, if anything could not be read.")
  boolean isDeleteMissing();

  void setDeleteMissing(boolean deleteMissing);

  @Description("The largest share of the pipeline's documents that deleteMissing deletes.")
  @Default.Double(0.2)
  @Range(min = 0, max = 1)
  double getMaxDeletedShare();

  void setMaxDeletedShare(double maxDeletedShare);

  @Description("Whether deleteMissing may delete more than maxDeletedShare.")
  boolean isForce();

  void setForce(boolean force);

  @Description(
      "How often the input is looked at for new and changed files, without end, as in 30s; with a"
          + " unit of ms, s, m or h. Without it the input is read once.")
  String getWatch();

  void setWatch(String watch);

  @Description("Directory for a JSONL file of what was rejected, named after the run's id.")
  String getDeadLetters();

  void setDeadLetters(String deadLetters);

  @Description("File for the summary as JSON.")
  String getSummary();

  void setSummary(String summary);

  @Description("How log lines look on standard error.")
  @Default.Enum("TEXT")
  LogFormat getLogFormat();

  void setLogFormat(LogFormat logFormat);

  @Description("Whether errors are shown with their stack traces.")
  @Default.Boolean(false)
  boolean isStacktrace();

  void setStacktrace(boolean stacktrace);
}

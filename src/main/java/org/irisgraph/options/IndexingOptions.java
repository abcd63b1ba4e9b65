package org.irisgraph.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.jspecify.annotations.Nullable;

/**
 * The options of a run, by group in the interfaces that it extends. The getters declare names,
 * groups, descriptions, defaults and ranges; the help, {@code docs/options.md} and the validation
 * follow from them. Flink's web page shows options, so a secret is never an option, only a
 * reference to it.
 */
public interface IndexingOptions
    extends FileOptions,
        JdbcInputOptions,
        TikaOptions,
        ExtractionOptions,
        LanguageModelOptions,
        EmbeddingOptions,
        DatabaseOptions,
        StoringOptions {

  @Group(OptionGroup.INCREMENTAL)
  @Description("Name of the pipeline, which the ledger records with each document.")
  @Default.InstanceFactory(DerivedDefaults.PipelineName.class)
  String getPipeline();

  void setPipeline(String pipeline);

  @Group(OptionGroup.INCREMENTAL)
  @Description(
      "Seconds without a sign of life after which another run of the pipeline may "
          + "take over; a starting run waits that long, once, for the end of another.")
  @Default.Integer(30)
  @Range(min = 1, max = 86_400)
  int getLeaseSeconds();

  void setLeaseSeconds(int leaseSeconds);

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
  @Description(
      "Whether deleteMissing may delete more than maxDeletedShare, and export may write into a"
          + " directory with files of others.")
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
  @Description(
      "Directory for a JSONL file of what was rejected, named after the run id, or none; by default"
          + " dead-letters beside an embedded database, else in the working directory, or"
          + " .dead-letters where the input would read it.")
  @Nullable String getDeadLetters();

  void setDeadLetters(String deadLetters);

  @Group(OptionGroup.OUTPUT)
  @Description("File for the summary, as JSON.")
  @Nullable String getSummary();

  void setSummary(String summary);

  @Group(OptionGroup.OUTPUT)
  @Description(
      "File for a page about the index, as HTML, written at the end of a run or by the command"
          + " report.")
  @Nullable String getReport();

  void setReport(String report);

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

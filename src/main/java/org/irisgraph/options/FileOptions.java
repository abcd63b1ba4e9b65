package org.irisgraph.options;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.irisgraph.document.format.InputFormat;
import org.jspecify.annotations.Nullable;

/** The options of files as input. */
@Group(OptionGroup.INPUT)
public interface FileOptions extends PipelineOptions {

  @Description("Globs of the files to read, separated by commas; ** matches any number of folders.")
  @Nullable List<String> getInput();

  void setInput(List<String> input);

  @Description(
      "Folder that the ids of files without an id of their own are relative to; without it, the"
          + " part of the glob before its wildcards. Set it if you index parts of the folder.")
  @Nullable String getInputBase();

  void setInputBase(String inputBase);

  @Description("Format of the files; auto detects it by file name and content.")
  @Default.Enum("AUTO")
  InputFormat getInputFormat();

  void setInputFormat(InputFormat inputFormat);

  @Description(
      "Encoding of text, Markdown, CSV and JSON files without a byte order mark, and of HTML that "
          + "declares none, as in windows-1252.")
  @Default.String("UTF-8")
  String getEncoding();

  void setEncoding(String encoding);

  @Description("CSV column with the document's id.")
  @Default.String("id")
  String getCsvIdColumn();

  void setCsvIdColumn(String csvIdColumn);

  @Description("CSV column with the text; columns without a role become metadata.")
  @Default.String("text")
  String getCsvTextColumn();

  void setCsvTextColumn(String csvTextColumn);

  @Description("CSV column with the title; a file may lack the column \"title\".")
  @Default.String("title")
  String getCsvTitleColumn();

  void setCsvTitleColumn(String csvTitleColumn);

  @Description("Field separator of CSV files; \\t is a tab.")
  @Default.InstanceFactory(DerivedDefaults.CsvDelimiter.class)
  @Nullable String getCsvDelimiter();

  void setCsvDelimiter(String csvDelimiter);

  @Description("Largest document in bytes; larger ones are rejected unread.")
  @Default.Integer(10_000_000)
  @Range(min = 1, max = 1_000_000_000)
  int getMaxDocumentBytes();

  void setMaxDocumentBytes(int maxDocumentBytes);
}

package org.irisgraph.options;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.irisgraph.table.ColumnNames;

/** What a run is told of documents that are in a database already. */
public interface JdbcInputOptions extends PipelineOptions {

  @Description(
      "Table, as in RAG.SourceDocuments, or query (SELECT ...) whose rows are the documents, instead"
          + " of files; documents of the table that GraphRAG reads are indexed in place.")
  String getJdbcInput();

  void setJdbcInput(String jdbcInput);

  @Description("Database that jdbcInput is read from; without it that of jdbcUrl.")
  String getJdbcInputUrl();

  void setJdbcInputUrl(String jdbcInputUrl);

  @Description(
      "User of the database that jdbcInput is read from; without it, and without jdbcInputUrl, that"
          + " of jdbcUrl.")
  String getJdbcInputUser();

  void setJdbcInputUser(String jdbcInputUser);

  @Description(
      "Where the password of jdbcInputUser is found on each worker, env:NAME or file:PATH; without"
          + " it the password is empty.")
  String getJdbcInputPasswordFrom();

  void setJdbcInputPasswordFrom(String jdbcInputPasswordFrom);

  @Description(
      "Further properties of the JDBC driver for jdbcInputUrl as name=value, separated by commas.")
  List<String> getJdbcInputProperties();

  void setJdbcInputProperties(List<String> jdbcInputProperties);

  @Description("Column of jdbcInput that has the document's id.")
  @Default.String(ColumnNames.DEFAULT_ID)
  String getJdbcInputIdColumn();

  void setJdbcInputIdColumn(String jdbcInputIdColumn);

  @Description("Column of jdbcInput that has the text; those without a meaning are metadata.")
  @Default.String(ColumnNames.DEFAULT_TEXT)
  String getJdbcInputTextColumn();

  void setJdbcInputTextColumn(String jdbcInputTextColumn);

  @Description("Column of jdbcInput that has the title; there may be no \"title\".")
  @Default.String(ColumnNames.DEFAULT_TITLE)
  String getJdbcInputTitleColumn();

  void setJdbcInputTitleColumn(String jdbcInputTitleColumn);

  @Description(
      "Column of jdbcInput that has metadata as a JSON object; there may be no \"metadata\".")
  @Default.String(ColumnNames.DEFAULT_METADATA)
  String getJdbcInputMetadataColumn();

  void setJdbcInputMetadataColumn(String jdbcInputMetadataColumn);
}

package org.irisgraph.options;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.irisgraph.table.ColumnNames;
import org.jspecify.annotations.Nullable;

/** The options for documents that are rows of a database. */
@Group(OptionGroup.INPUT)
public interface JdbcInputOptions extends PipelineOptions {

  @Description(
      "Table, as in RAG.SourceDocuments, or query (SELECT ...) whose rows are the "
          + "documents, instead of files; rows of the GraphRAG table are indexed in "
          + "place.")
  @Nullable String getJdbcInput();

  void setJdbcInput(String jdbcInput);

  @Description("Database from which jdbcInput is read; without it, that of jdbcUrl.")
  @Nullable String getJdbcInputUrl();

  void setJdbcInputUrl(String jdbcInputUrl);

  @Description(
      "User of the database from which jdbcInput is read; without it, and without "
          + "jdbcInputUrl, that of jdbcUrl.")
  @Nullable String getJdbcInputUser();

  void setJdbcInputUser(String jdbcInputUser);

  @Description(
      "Where each worker finds the password of jdbcInputUser, env:NAME or "
          + "file:PATH; without it, the password is empty.")
  @Nullable String getJdbcInputPasswordFrom();

  void setJdbcInputPasswordFrom(String jdbcInputPasswordFrom);

  @Description(
      "Additional properties of the JDBC driver for jdbcInputUrl as name=value, "
          + "separated by commas.")
  @Nullable List<String> getJdbcInputProperties();

  void setJdbcInputProperties(List<String> jdbcInputProperties);

  @Description("Column of jdbcInput with the document's id.")
  @Default.String(ColumnNames.DEFAULT_ID)
  String getJdbcInputIdColumn();

  void setJdbcInputIdColumn(String jdbcInputIdColumn);

  @Description("Column of jdbcInput with the text; columns without a role become metadata.")
  @Default.String(ColumnNames.DEFAULT_TEXT)
  String getJdbcInputTextColumn();

  void setJdbcInputTextColumn(String jdbcInputTextColumn);

  @Description("Column of jdbcInput with the title; the column \"title\" may be missing.")
  @Default.String(ColumnNames.DEFAULT_TITLE)
  String getJdbcInputTitleColumn();

  void setJdbcInputTitleColumn(String jdbcInputTitleColumn);

  @Description(
      "Column of jdbcInput with metadata as a JSON object; the column \"metadata\" "
          + "may be missing.")
  @Default.String(ColumnNames.DEFAULT_METADATA)
  String getJdbcInputMetadataColumn();

  void setJdbcInputMetadataColumn(String jdbcInputMetadataColumn);
}

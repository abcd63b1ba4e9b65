package org.irisgraph.options;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.irisgraph.jdbc.IrisIsolation;
import org.jspecify.annotations.Nullable;

/** The options of the database that is written to. */
@Group(OptionGroup.DATABASE)
public interface DatabaseOptions extends PipelineOptions {

  @Description(
      "Target database: jdbc:IRIS://host:port/namespace, jdbc:h2:file or "
          + "jdbc:postgresql://host/name.")
  @Default.String("jdbc:h2:./knowledge-graph")
  String getJdbcUrl();

  void setJdbcUrl(String jdbcUrl);

  @Description("User of the target database.")
  @Nullable String getJdbcUser();

  void setJdbcUser(String jdbcUser);

  @Description(
      "Where each worker finds the password, env:NAME or file:PATH; without it, "
          + "the password is empty.")
  @Nullable String getJdbcPasswordFrom();

  void setJdbcPasswordFrom(String jdbcPasswordFrom);

  @Description(
      "Additional properties of the JDBC driver as name=value, separated by "
          + "commas; for TLS with IRIS \"connection security level=10\".")
  @Nullable List<String> getJdbcProperties();

  void setJdbcProperties(List<String> jdbcProperties);

  @Description("Schema of the GraphRAG tables: a letter, then letters, digits or _.")
  @Default.String("RAG")
  String getSchema();

  void setSchema(String schema);

  @Description("Schema of the ledger table.")
  @Default.InstanceFactory(DerivedDefaults.LedgerSchema.class)
  String getLedgerSchema();

  void setLedgerSchema(String ledgerSchema);

  @Description("Whether to create missing tables and indexes.")
  @Default.InstanceFactory(DerivedDefaults.CreateTables.class)
  Boolean getCreateTables();

  void setCreateTables(Boolean createTables);

  @Description(
      "Isolation on IRIS; readUncommitted is for servers that refuse readCommitted, and needs "
          + "writers=1.")
  @Default.Enum("READ_COMMITTED")
  IrisIsolation getIrisIsolation();

  void setIrisIsolation(IrisIsolation irisIsolation);

  @Description("Seconds for which a database that fails during a run is retried.")
  @Default.Integer(300)
  @Range(min = 0, max = 86_400)
  int getRetrySeconds();

  void setRetrySeconds(int retrySeconds);
}

package org.irisgraph.iris.example;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.jdbc.JdbcIO;
import org.apache.beam.sdk.values.Row;
import org.irisgraph.iris.IrisIO;
import org.irisgraph.iris.WriteResult;
import org.irisgraph.jdbc.ConnectionSettings;

/** Copies the rows of a query into a table of another database. */
public final class TableToDatabase {

  private TableToDatabase() {}

  /** Reads with Beam's JdbcIO, which gives the rows the schema of the query. */
  public static WriteResult<Row> copy(
      Pipeline pipeline, JdbcIO.DataSourceConfiguration from, ConnectionSettings to) {
    return pipeline
        .apply(
            JdbcIO.readRows()
                .withDataSourceConfiguration(from)
                .withQuery("SELECT id, name, born FROM People"))
        .apply(IrisIO.writeRows("SQLUSER.People", "id").withConnection(to));
  }
}

package org.irisgraph.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.beam.sdk.io.jdbc.JdbcIO;
import org.irisgraph.benchmark.SinkPipelines.Runner;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.jdbc.ConnectionSettings;

/**
 * What the real IRIS driver sends for the same documents, from the first connection to the last
 * commit, on a stand-in for its server that counts messages. Times are not taken: the stand-in's
 * say nothing of a server.
 */
final class IrisMessages {

  private static final int DOCUMENTS = 280;

  private IrisMessages() {}

  static void report() throws Exception {
    Map<String, Scenario.Writer> cases = new LinkedHashMap<>();
    cases.put("row by row", PlainJdbc::rowByRow);
    cases.put(
        "JdbcIO, defaults",
        (settings, documents) ->
            SinkPipelines.jdbcIo(Runner.DIRECT, true, dataSource(settings), documents));
    cases.put(
        "IrisIO",
        (settings, documents) ->
            SinkPipelines.irisIo(Runner.DIRECT, true, WriteMode.UPSERT, settings, documents));
    System.out.printf(
        "%n| case, %,d rows | round trips | executions (PU) | commits (TC) |%n|---|---|---|---|%n",
        DOCUMENTS * BenchmarkDocument.ROWS);
    for (Map.Entry<String, Scenario.Writer> entry : cases.entrySet()) {
      count(entry.getKey(), entry.getValue());
    }
  }

  private static void count(String name, Scenario.Writer writer) throws Exception {
    IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
    // Those of JdbcIO are not the project's.
    server.acceptAnyStatement();
    try (TestTarget target = TestTarget.iris(server)) {
      server.execute("CREATE SCHEMA B");
      for (String table : BenchmarkDocument.tables()) {
        server.execute(table.replace(" TEXT", " LONGVARCHAR"));
      }
      server.resetCounts();
      writer.write(target.settings(), DOCUMENTS);
      System.out.printf(
          "| %s | %,d | %,d | %,d |%n",
          name, server.roundTrips(), server.count("PU"), server.count("TC"));
      long stored = target.count("B.Relationships");
      if (stored != DOCUMENTS * BenchmarkDocument.RELATIONSHIPS) {
        throw new IllegalStateException("%s: %d relationships are stored".formatted(name, stored));
      }
    }
  }

  private static JdbcIO.DataSourceConfiguration dataSource(ConnectionSettings settings) {
    return JdbcIO.DataSourceConfiguration.create(
            "com.intersystems.jdbc.IRISDriver", settings.jdbcUrl())
        .withUsername(settings.user())
        .withPassword(settings.password().resolve())
        .withConnectionProperties("SharedMemory=false");
  }
}

package org.irisgraph.check;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.Fault;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.jdbc.Database;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.run.RunTables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** IRIS, through its real driver. */
@Timeout(300)
class DatabaseCheckTest {

  private IrisWireServer server;
  private TestTarget target;
  private IndexingOptions options;

  @BeforeEach
  void start() throws Exception {
    server = IrisWireServer.start();
    target = TestTarget.iris(server);
    options = PipelineOptionsFactory.create().as(IndexingOptions.class);
    options.setPipeline("p");
    options.setInput(List.of("*.txt"));
    target.useIn(options);
  }

  @AfterEach
  void stop() throws Exception {
    target.close();
  }

  private List<String> check() throws Exception {
    return findings(options);
  }

  /** As {@code STATUS topic: message}. */
  static List<String> findings(IndexingOptions options) throws Exception {
    List<String> findings = new ArrayList<>();
    new DatabaseCheck(options, OptionalInt.empty())
        .run(
            finding ->
                findings.add(
                    "%s %s: %s".formatted(finding.status(), finding.topic(), finding.message())));
    return findings;
  }

  @Test
  void readsTheServersVersionLicenceAndLockThreshold() throws Exception {
    server.setLockThreshold(200);
    options.setCreateTables(true);

    assertThat(
        check(),
        hasItems(
            endsWith(", InterSystems IRIS Community license"),
            startsWith("GOOD tables: the run creates "),
            startsWith("WARNING database: InterSystems IRIS locks a whole table when"),
            startsWith("WARNING database: 3 connections are free, a run takes up to ")));
  }

  @Test
  void triesPrivilegesByStatementsThatChangeNothing() throws Exception {
    try (var connection = Database.connect(target.settings())) {
      RunTables.required(options, RunTables.target(options)).create(connection);
    }
    assertThat(
        check(), hasItem("GOOD privileges: to read, insert, update and delete rows of all tables"));
    server.inject(Fault.error(99, "User is not privileged").containing("DELETE FROM").times(20));

    List<String> findings = check();

    assertThat(findings, hasItem(startsWith("PROBLEM privileges: the user may not delete on ")));
    assertThat(findings, not(hasItem(startsWith("PROBLEM tables"))));
  }

  @Test
  void triesThePrivilegesOfATableWhoseKeyTheServerNumbers() throws Exception {
    options.setGraphSchema("Graph_KG");
    try (var connection = Database.connect(target.settings())) {
      RunTables.required(options, RunTables.target(options)).create(connection);
    }

    assertThat(
        check(), hasItem("GOOD privileges: to read, insert, update and delete rows of all tables"));
  }
}

package org.irisgraph.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graphrag.TestGraphs;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.batch.BatchResult;
import org.irisgraph.iris.wire.BadRow;
import org.irisgraph.iris.wire.Fault;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A document that replaces an earlier version, or takes it from another place, has a row that the
 * database refuses. Without savepoints everything is rolled back and done again, the claim of the
 * ledger's row too.
 */
@ParameterizedClass
@EnumSource(BadRow.class)
@Tag("slow")
class LedgerReplayIT {

  private static final String CLAIM = "UPDATE RAG.DocumentLedger SET seen_run_id";

  @Parameter private BadRow badRow;

  private IrisWireServer server;
  private TestTarget target;

  @BeforeEach
  void storeFirstVersion() throws Exception {
    server = IrisWireServer.start(InsertPath.FAST);
    server.onBadRow(badRow);
    target = TestTarget.iris(server);
    TestGraphs.createTables(target);
    target.execute(
        "ALTER TABLE RAG.Entities ADD CONSTRAINT no_bad CHECK (entity_name NOT LIKE 'bad%')");
    write("run-1", TestGraphs.document("d", "a.txt", "gout", "asthma", "measles"));
  }

  @AfterEach
  void stop() throws Exception {
    target.close();
  }

  private BatchResult<DocumentGraph> write(String runId, DocumentGraph... graphs) throws Exception {
    LedgerSettings run = new LedgerSettings("RAG.DocumentLedger", "pipeline", runId, "fingerprint");
    return TestGraphs.write(target, run, 1000, List.of(graphs));
  }

  private List<String> entities() throws Exception {
    return target.rows(
        "SELECT source_doc_id, entity_name FROM RAG.Entities ORDER BY source_doc_id, entity_name");
  }

  private List<String> ledger() throws Exception {
    return target.rows(
        "SELECT document_id, source, outcome, seen_run_id FROM RAG.DocumentLedger"
            + " ORDER BY document_id, source");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "b.txt"})
  void replacesADocumentAllButItsBadRow(String source) throws Exception {
    BatchResult<DocumentGraph> result =
        write(
            "run-2",
            TestGraphs.document("c", "c.txt", "fever"),
            TestGraphs.document("d", source, "gout", "bad", "rabies"));

    assertThat(entities(), contains("c|fever", "d|gout", "d|rabies"));
    assertThat(ledger(), contains("c|c.txt|indexed|run-2", "d|" + source + "|partial|run-2"));
    assertThat(result.committed().size(), is(2));
    assertThat(target.rows("SELECT relationship_id FROM RAG.EntityRelationships"), is(empty()));
  }

  /**
   * What is overtaken: the first claim, that of the isolating attempt, and those of its replays.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void storesNothingOfADocumentWhoseClaimAnotherWriterHasTaken(int claim) throws Exception {
    server.inject(
        Fault.overtakenBy(
                "UPDATE RAG.DocumentLedger SET seen_run_id = 'run-2' WHERE document_id = 'd'")
            .containing(CLAIM)
            .after(claim));

    BatchResult<DocumentGraph> result =
        write(
            "run-2",
            TestGraphs.document("c", "c.txt", "fever"),
            TestGraphs.document("d", "b.txt", "gout", "bad", "rabies"));

    assertThat(server.pendingFaults(), is(0));
    assertThat(result.metrics().retries(), is(1));
    assertThat(entities(), contains("c|fever", "d|asthma", "d|gout", "d|measles"));
    assertThat(
        ledger(),
        contains("c|c.txt|indexed|run-2", "d|a.txt|indexed|run-2", "d|b.txt|rejected|run-2"));
  }
}

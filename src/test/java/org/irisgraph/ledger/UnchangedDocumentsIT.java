package org.irisgraph.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Origin;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.TestGraphs;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.iris.wire.LoggedMessage;
import org.irisgraph.jdbc.Database;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a look for unchanged documents sends. */
@Tag("slow")
class UnchangedDocumentsIT {

  private static final GraphTables TABLES = GraphTables.of("RAG");
  private static final int DOCUMENTS = 300;

  private static LedgerSettings run(String runId) {
    return new LedgerSettings("RAG.DocumentLedger", "pipeline", runId, "fingerprint");
  }

  @Test
  void marksInUpdatesOfBoundedLengthAndLeavesTheReasonsWhereTheyAre() throws Exception {
    List<DocumentGraph> graphs = new ArrayList<>();
    List<UnchangedDocuments.Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      DocumentGraph graph = TestGraphs.document("d" + i, "%04d".formatted(i) + "x".repeat(3996));
      graphs.add(graph);
      candidates.add(
          new UnchangedDocuments.Candidate(
              graph.documentId(),
              // Each has moved, so that its row gets a source of its own.
              new Origin("%04d".formatted(i) + "y".repeat(3996), 0, 0),
              graph.contentHash()));
    }
    IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
    try (TestTarget target = TestTarget.iris(server);
        Connection connection = Database.connect(target.settings())) {
      TestGraphs.createTables(target);
      TestGraphs.write(target, run("r1"), 1000, graphs);
      server.resetCounts();

      Set<Integer> unchanged =
          new UnchangedDocuments(run("r2"), TABLES).mark(connection, candidates).indexes();
      connection.commit();

      assertThat(unchanged, hasSize(DOCUMENTS));
      assertThat(
          target.rows("SELECT COUNT(*) FROM RAG.DocumentLedger WHERE seen_run_id = 'r2'"),
          contains("" + DOCUMENTS));
      // 250 sources of 4,000 characters are a million.
      assertThat(
          server.messages().stream()
              .filter(message -> message.type().equals("PU"))
              .map(LoggedMessage::rows)
              .toList(),
          contains(250, 50));
      assertThat(
          server.messages().stream().filter(message -> message.sql().contains("reasons")).toList(),
          empty());
    }
  }
}

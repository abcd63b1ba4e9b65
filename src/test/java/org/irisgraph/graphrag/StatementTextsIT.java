package org.irisgraph.graphrag;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.TestWriter;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.iris.wire.LoggedMessage;
import org.irisgraph.jdbc.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** IRIS compiles each distinct statement text at its first use, and keeps it as a cached query. */
class StatementTextsIT {

  private static final GraphTables TABLES = new GraphTables("RAG");

  /** The sizes of batches, one after the other, and then from the first again: 1,263 documents. */
  private static final int[] SIZES = {1, 3, 7, 12, 20, 50, 120, 250, 300, 500};

  /**
   * The large corpus has each batch of the small one twice, and one of 31 documents, a size that
   * the small one does not have.
   */
  @Test
  @Timeout(120)
  void areAsManyForALargeCorpusAsForASmallOne() throws Exception {
    Set<String> small = textsOfReindexing(1263);
    Set<String> large = textsOfReindexing(2 * 1263 + 1 + 3 + 7 + 12 + 20 + 31);

    assertThat(large, is(small));
    assertThat(small.size(), is(lessThan(60)));
  }

  /** Stores documents, marks them as seen, and stores other versions, in batches of any size. */
  private static Set<String> textsOfReindexing(int documents) throws Exception {
    IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
    try (TestTarget target = TestTarget.iris(server);
        Connection connection = Database.connect(target.settings())) {
      TestGraphs.createTables(target);
      connection.setAutoCommit(false);
      write(target, "run-1", graphs(documents, "old"));
      server.resetCounts();
      mark(connection, graphs(documents, "old"));
      write(target, "run-3", graphs(documents, "new"));
      Set<String> texts = new TreeSet<>();
      for (LoggedMessage message : server.messages()) {
        texts.add(message.sql());
      }
      return texts;
    }
  }

  private static LedgerSettings run(String id) {
    return new LedgerSettings("RAG.DocumentLedger", "pipeline", id, "fingerprint");
  }

  private static List<DocumentGraph> graphs(int documents, String name) {
    List<DocumentGraph> graphs = new ArrayList<>();
    for (int i = 0; i < documents; i++) {
      graphs.add(TestGraphs.document("d" + i, i + ".txt", name + " gout", name + " lupus"));
    }
    return graphs;
  }

  private static void write(TestTarget target, String runId, List<DocumentGraph> graphs)
      throws Exception {
    try (TestWriter<DocumentGraph> writer = TestGraphs.writer(target, run(runId))) {
      for (List<DocumentGraph> batch : batches(graphs)) {
        writer.write(batch);
      }
    }
  }

  private static void mark(Connection connection, List<DocumentGraph> graphs) throws Exception {
    UnchangedDocuments unchanged = new UnchangedDocuments(run("run-2"), TABLES);
    for (List<DocumentGraph> group : batches(graphs)) {
      unchanged.mark(
          connection,
          group.stream()
              .map(
                  graph ->
                      new UnchangedDocuments.Candidate(
                          graph.requireDocumentId(), graph.origin(), graph.contentHash()))
              .toList());
      connection.commit();
    }
  }

  private static List<List<DocumentGraph>> batches(List<DocumentGraph> graphs) {
    List<List<DocumentGraph>> batches = new ArrayList<>();
    int start = 0;
    while (start < graphs.size()) {
      int end = Math.min(graphs.size(), start + SIZES[batches.size() % SIZES.length]);
      batches.add(graphs.subList(start, end));
      start = end;
    }
    return batches;
  }
}

package org.irisgraph.graphrag;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
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
import org.irisgraph.ledger.Ledger;
import org.irisgraph.ledger.LedgerSettings;
import org.irisgraph.ledger.UnchangedDocuments;
import org.irisgraph.linked.LinkedGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** IRIS compiles each distinct statement text at its first use, and keeps it as a cached query. */
@Tag("slow")
class StatementTextsIT {

  private static final GraphTables TABLES = GraphTables.of("RAG");
  private static final LinkedTables LINKED = new LinkedTables("RAG");

  private static final int BATCH_ROWS = 1000;

  /** The sizes of batches, one after the other, and then from the first again: 1,263 documents. */
  private static final int[] SIZES = {1, 3, 7, 12, 20, 50, 120, 250, 300, 500};

  /**
   * The large corpus has each batch of the small one twice, and one of 31 documents, a size that
   * the small one does not have.
   */
  @Test
  @Timeout(300)
  void areAsManyForALargeCorpusAsForASmallOne() throws Exception {
    Set<String> small = textsOfReindexing(TABLES, 1263);
    Set<String> large = textsOfReindexing(TABLES, 2 * 1263 + 1 + 3 + 7 + 12 + 20 + 31);

    assertThat(large, is(small));
    assertThat(small.size(), is(lessThan(60)));
  }

  /** Up to 200 changed documents are linked by their nodes, more of them by all nodes. */
  @ParameterizedTest
  @ValueSource(ints = {200, 1263})
  @Timeout(300)
  void areFewIfEntitiesAreLinked(int documents) throws Exception {
    Set<String> texts = textsOfReindexing(TABLES.linkedBy(LINKED).withSameAs(), documents);

    assertThat(texts, hasSize(lessThan(60)));
  }

  /** Stores documents, marks them as seen, and stores other versions, in batches of any size. */
  private static Set<String> textsOfReindexing(GraphTables tables, int documents) throws Exception {
    IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
    try (TestTarget target = TestTarget.iris(server);
        Connection connection = Database.connect(target.settings())) {
      TestGraphs.createTables(target, tables);
      connection.setAutoCommit(false);
      write(target, tables, "run-1", graphs(documents, "old"));
      server.resetCounts();
      mark(connection, tables, graphs(documents, "old"));
      write(target, tables, "run-3", graphs(documents, "new"));
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
      graphs.add(TestGraphs.document("d" + i, i + ".txt", name + " gout " + i, name + " lupus"));
    }
    return graphs;
  }

  private static void write(
      TestTarget target, GraphTables tables, String runId, List<DocumentGraph> graphs)
      throws Exception {
    try (TestWriter<DocumentGraph> writer =
            new TestWriter<>(
                target.settings(),
                tables.writes(),
                new Ledger(run(runId), tables),
                GraphTables::owner);
        Connection connection = Database.connect(target.settings())) {
      tables.linked().map(GraphChangeLog::new).ifPresent(writer::withChangeLog);
      for (List<DocumentGraph> batch : batches(graphs)) {
        writer.write(batch);
      }
      if (tables.linked().isPresent()) {
        new LinkedGraph(tables, LINKED, target.settings().dialect(), BATCH_ROWS).update(connection);
      }
    }
  }

  private static void mark(Connection connection, GraphTables tables, List<DocumentGraph> graphs)
      throws Exception {
    UnchangedDocuments unchanged = new UnchangedDocuments(run("run-2"), tables);
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

package org.irisgraph.graphrag;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.TestWriter;
import org.irisgraph.iris.wire.Fault;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.iris.wire.LoggedMessage;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.ledger.LedgerSettings;
import org.joda.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A document that was large is replaced by a small version: more rows are to be deleted than one
 * transaction may lock, since IRIS locks the whole table from the 1001st row on.
 */
@Tag("slow")
class StaleRowsIT {

  private static final int BATCH_ROWS = 10;

  private IrisWireServer server;
  private TestTarget target;

  @BeforeEach
  void storeLargeVersion() throws Exception {
    server = IrisWireServer.start(InsertPath.FAST);
    target = TestTarget.iris(server);
    TestGraphs.createTables(target);
    String[] names = new String[35];
    for (int i = 0; i < names.length; i++) {
      names[i] = "disease " + i;
    }
    write("run-1", TestGraphs.document("d", "a.txt", names));
    server.resetCounts();
  }

  @AfterEach
  void stop() throws Exception {
    target.close();
  }

  private void write(String runId, DocumentGraph... graphs) throws Exception {
    LedgerSettings run = new LedgerSettings("RAG.DocumentLedger", "pipeline", runId, "fingerprint");
    TestGraphs.write(target, run, BATCH_ROWS, List.of(graphs));
  }

  private void writeInVain(DocumentGraph graph) throws Exception {
    LedgerSettings run =
        new LedgerSettings("RAG.DocumentLedger", "pipeline", "run-2", "fingerprint");
    try (TestWriter<DocumentGraph> writer = TestGraphs.writer(target, run)) {
      writer
          .withBatchRows(BATCH_ROWS)
          .withRetryFor(Duration.standardSeconds(3))
          .write(List.of(graph));
    }
  }

  private String outcome() throws Exception {
    return target.rows("SELECT outcome FROM RAG.DocumentLedger WHERE document_id = 'd'").get(0);
  }

  @Test
  void deletesNoMoreOfATableInATransactionThanABatchHolds() throws Exception {
    write(
        "run-2",
        TestGraphs.document("c", "c.txt", "fever"),
        TestGraphs.document("d", "a.txt", "disease 0", "disease 1"));

    assertThat(deletesOfEachTransaction("RAG.EntityRelationships"), contains(10, 10, 10, 3));
    assertThat(deletesOfEachTransaction("RAG.Entities"), contains(10, 10, 10, 3));
    assertThat(outcome(), is("indexed"));
    assertThat(
        target.rows("SELECT entity_name FROM RAG.Entities ORDER BY entity_name"),
        contains("disease 0", "disease 1", "fever"));
    assertThat(target.count("RAG.EntityRelationships"), is(1L));
  }

  @Test
  void looksThroughEachTableOnceHoweverManyTransactionsItTakes() throws Exception {
    write("run-2", TestGraphs.document("d", "a.txt", "disease 0", "disease 1"));

    assertThat(deletesOfEachTransaction("RAG.Entities"), contains(10, 10, 10, 3));
    assertThat(looks("FROM RAG.EntityRelationships WHERE source_document IN"), is(1L));
    assertThat(looks("FROM RAG.EntityRelationships WHERE source_entity_id IN"), is(1L));
    assertThat(looks("FROM RAG.EntityRelationships WHERE target_entity_id IN"), is(1L));
    assertThat(looks("FROM RAG.Entities WHERE source_doc_id IN"), is(1L));
    assertThat(looks("FROM RAG.SourceDocuments WHERE doc_id IN"), is(1L));
  }

  private long looks(String from) {
    return server.messages().stream()
        .filter(message -> message.type().equals("PQ"))
        .filter(message -> message.sql().replace(" ", "").contains(from.replace(" ", "")))
        .count();
  }

  @Test
  void changesNoMoreRowsOfATableInATransactionThanABatchHolds() throws Exception {
    write("run-2", small("old"));
    server.resetCounts();

    write("run-3", small("new"));

    // In each, one statement removes the vectors of old texts, of which there are none.
    assertThat(changesOfEachTransaction("RAG.SourceDocuments"), contains(1, 6));
    assertThat(changesOfEachTransaction("RAG.Entities"), contains(10, 10));
    assertThat(changesOfEachTransaction("RAG.EntityRelationships"), contains(5, 5));
    assertThat(
        target.rows("SELECT COUNT(*) FROM RAG.Entities WHERE entity_name LIKE 'new%'"),
        contains("10"));
    assertThat(
        target.rows("SELECT COUNT(*) FROM RAG.Entities WHERE entity_name LIKE 'old%'"),
        contains("0"));
  }

  /** All rows of its entities and relationships get new ids. */
  private static DocumentGraph[] small(String name) {
    DocumentGraph[] graphs = new DocumentGraph[5];
    for (int i = 0; i < graphs.length; i++) {
      graphs[i] = TestGraphs.document("small-" + i, i + ".txt", name + " a", name + " b");
    }
    return graphs;
  }

  /** A readable document replaces the failure of its place in the ledger. */
  @Test
  void changesNoMoreRowsOfTheLedgerInATransactionThanABatchHolds() throws Exception {
    DocumentGraph[] unreadable = new DocumentGraph[10];
    DocumentGraph[] readable = new DocumentGraph[10];
    for (int i = 0; i < unreadable.length; i++) {
      unreadable[i] = TestGraphs.unreadable(i + ".txt");
      readable[i] = TestGraphs.document("readable-" + i, i + ".txt");
    }
    write("run-2", unreadable);
    server.resetCounts();

    write("run-3", readable);

    assertThat(changesOfEachTransaction("RAG.DocumentLedger"), contains(10, 10));
    assertThat(
        target.rows("SELECT outcome, COUNT(*) FROM RAG.DocumentLedger GROUP BY outcome"),
        contains("indexed|11"));
  }

  private List<Integer> changesOfEachTransaction(String table) {
    List<Integer> changes = new ArrayList<>();
    int open = 0;
    for (LoggedMessage message : server.messages()) {
      if (message.type().equals("PU") && message.sql().replace(" ", "").contains(table)) {
        open += message.rows();
      } else if (message.type().equals("TC") && open > 0) {
        changes.add(open);
        open = 0;
      }
    }
    return changes;
  }

  @Test
  void theDocumentIsIncompleteAsLongAsNotAllIsDeleted() throws Exception {
    server.inject(
        Fault.lockConflict().containing("DELETE FROM RAG.Entities").after(2).times(1_000_000));
    assertThrows(
        StoreException.Outage.class,
        () -> writeInVain(TestGraphs.document("d", "a.txt", "disease 0", "disease 1")));

    assertThat(outcome(), is("incomplete"));

    server.clearFaults();
    write("run-3", TestGraphs.document("d", "a.txt", "disease 0", "disease 1"));

    assertThat(outcome(), is("indexed"));
    assertThat(target.count("RAG.Entities"), is(2L));
  }

  private List<Integer> deletesOfEachTransaction(String table) {
    List<Integer> deletes = new ArrayList<>();
    int open = 0;
    for (LoggedMessage message : server.messages()) {
      if (message.sql().replace(" ", "").contains("DELETEFROM" + table)) {
        open += message.rows();
      } else if (message.type().equals("TC") && open > 0) {
        deletes.add(open);
        open = 0;
      }
    }
    return deletes;
  }
}

package org.irisgraph.graphrag;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.TestWriter;
import org.irisgraph.iris.spec.ForeignRows;
import org.irisgraph.iris.spec.StorageMode;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.iris.wire.LoggedMessage;
import org.irisgraph.ledger.Ledger;
import org.irisgraph.ledger.LedgerSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the real IRIS driver sends for a batch of 20 documents with 200 entities, once connections
 * are open and statements prepared.
 */
@Tag("slow")
class BatchMessagesIT {

  private static final GraphTables TABLES = GraphTables.of("RAG");
  private static final LedgerSettings RUN =
      new LedgerSettings("RAG.DocumentLedger", "pipeline", "run", "fingerprint");
  private static final Pattern TABLE = Pattern.compile("RAG\\s*\\.\\s*(\\w+)");

  private IrisWireServer server;
  private TestTarget target;

  @BeforeEach
  void start() throws Exception {
    server = IrisWireServer.start(InsertPath.FAST);
    target = TestTarget.iris(server);
    TestGraphs.createTables(target);
  }

  @AfterEach
  void stop() throws Exception {
    target.close();
  }

  @Test
  void aBatchCostsALookUpTheOldVectorsAnExecutionForEachTableAndACommit() throws Exception {
    assertThat(
        steadyState(StorageMode.BATCH, "disease", "gene"),
        contains(
            "PQ DocumentLedger",
            // The vectors of texts that another program may have stored under these ids.
            "PU SourceDocuments",
            "PU SourceDocuments",
            "PU Entities",
            "PU EntityRelationships",
            "PU DocumentLedger",
            "TC"));
  }

  @Test
  void whereEntitiesAreMentionedCostsOneMoreExecution() throws Exception {
    GraphTables proved = TABLES.provedBy(new EvidenceTables("RAG"));
    TestGraphs.createTables(target, proved);

    assertThat(
        steadyState(proved, ForeignRows.KEEP, StorageMode.BATCH, "disease", "gene"),
        contains(
            "PQ DocumentLedger",
            "PU SourceDocuments",
            "PU SourceDocuments",
            "PU Entities",
            "PU EntityRelationships",
            "PU EntityMentions",
            "PU DocumentLedger",
            "TC"));
  }

  @Test
  void aTableWithoutRowsCostsNothing() throws Exception {
    assertThat(
        steadyState(StorageMode.BATCH, "disease"),
        contains(
            "PQ DocumentLedger",
            "PU SourceDocuments",
            "PU SourceDocuments",
            "PU Entities",
            "PU DocumentLedger",
            "TC"));
  }

  @Test
  void replacingTheRowsOfOthersCostsNewDocumentsALookAtEachTable() throws Exception {
    assertThat(
        steadyState(TABLES, ForeignRows.REPLACE, StorageMode.BATCH, "disease", "gene"),
        contains(
            "PQ DocumentLedger",
            "PU SourceDocuments",
            "PQ EntityRelationships",
            // Those that name no document, by their entities.
            "PQ EntityRelationships",
            "PQ Entities",
            "PU SourceDocuments",
            "PU Entities",
            "PU EntityRelationships",
            "PU DocumentLedger",
            "TC"));
  }

  @Test
  void individualStorageCostsAnExecutionForEachRow() throws Exception {
    Map<String, Integer> individual = byKind(steadyState(StorageMode.INDIVIDUAL, tenNames()));
    Map<String, Integer> batch = byKind(steadyState(StorageMode.BATCH, tenNames()));

    System.out.printf(
        "20 documents, 200 entities, steady state:%n  batch      %s%n  individual %s%n",
        batch, individual);
    assertThat(
        individual,
        is(
            Map.of(
                "PQ DocumentLedger", 20,
                "PU SourceDocuments", 40,
                "PU Entities", 200,
                "PU EntityRelationships", 180,
                "PU DocumentLedger", 20,
                "TC", 20)));
    assertThat(batch.values().stream().mapToInt(Integer::intValue).sum(), is(7));
  }

  private static String[] tenNames() {
    String[] names = new String[10];
    for (int i = 0; i < names.length; i++) {
      names[i] = "disease " + i;
    }
    return names;
  }

  /** The messages of a second batch of 20 documents with these entities. */
  private List<String> steadyState(StorageMode mode, String... names) throws Exception {
    return steadyState(TABLES, ForeignRows.KEEP, mode, names);
  }

  private List<String> steadyState(
      GraphTables tables, ForeignRows foreignRows, StorageMode mode, String... names)
      throws Exception {
    try (TestWriter<DocumentGraph> writer =
        new TestWriter<>(
                target.settings(),
                tables.writes(foreignRows),
                new Ledger(RUN, tables),
                GraphTables::owner)
            .withStorageMode(mode)) {
      writer.write(twenty(mode + "-first", names));
      server.resetCounts();
      writer.write(twenty(mode + "-second", names));
      return server.messages().stream().map(BatchMessagesIT::kind).toList();
    }
  }

  private static List<DocumentGraph> twenty(String prefix, String... names) {
    List<DocumentGraph> documents = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      documents.add(TestGraphs.document(prefix + i, prefix + i + ".txt", names));
    }
    return documents;
  }

  private static String kind(LoggedMessage message) {
    Matcher table = TABLE.matcher(message.sql());
    return table.find() ? message.type() + " " + table.group(1) : message.type();
  }

  private static Map<String, Integer> byKind(List<String> messages) {
    Map<String, Integer> counts = new TreeMap<>();
    messages.forEach(message -> counts.merge(message, 1, Integer::sum));
    return counts;
  }
}

package org.irisgraph.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.irisgraph.graphrag.TestGraphs.document;

import java.sql.Connection;
import java.util.List;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.TestGraphs;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.TestWriter;
import org.irisgraph.jdbc.Database;
import org.junit.jupiter.api.Test;

class StoredFingerprintsTest {

  @Test
  void countsTheDocumentsOfOtherSettings() throws Exception {
    try (TestTarget target = TestTarget.h2()) {
      TestGraphs.createTables(target);
      assertThat("of no document", others(target, "first"), is(0L));

      write(target, "first", document("a", "/a", "gout"), document("b", "/b", "lupus"));
      assertThat("of the same settings", others(target, "first"), is(0L));
      assertThat(others(target, "second"), is(2L));

      write(target, "second", document("a", "/a", "gout"));
      assertThat(others(target, "second"), is(1L));
    }
  }

  private static LedgerSettings run(String fingerprint) {
    return new LedgerSettings("RAG.DocumentLedger", "pipeline", fingerprint, fingerprint);
  }

  private static long others(TestTarget target, String fingerprint) throws Exception {
    try (Connection connection = Database.connect(target.settings())) {
      return StoredFingerprints.others(connection, run(fingerprint)).extraction();
    }
  }

  private static void write(TestTarget target, String fingerprint, DocumentGraph... graphs)
      throws Exception {
    GraphTables tables = TestGraphs.tables(target);
    try (TestWriter<DocumentGraph> writer =
        new TestWriter<>(
            target.settings(),
            tables.writes(),
            new Ledger(run(fingerprint), tables),
            GraphTables::owner)) {
      writer.write(List.of(graphs));
    }
  }
}

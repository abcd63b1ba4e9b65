package org.irisgraph.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Origin;
import org.irisgraph.graphrag.TestGraphs;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.KeyedRows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeenMarksTest {

  private static final String LEDGER = "RAG.DocumentLedger";
  private static final long WRITTEN = 1_000_000;

  /** More than one execution marks. */
  private static final int DOCUMENTS = 620;

  private TestTarget target;

  @BeforeEach
  void storeDocuments() throws Exception {
    target = TestTarget.h2();
    List<DocumentGraph> graphs = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      graphs.add(
          DocumentGraph.builder()
              .setDocumentId("d" + i)
              .setOrigin(origin(i, WRITTEN))
              .setText("text")
              .setMetadata("{}")
              .setContentHash("hash")
              .build());
    }
    TestGraphs.createTables(target);
    TestGraphs.write(target, run("r1"), 1000, graphs);
  }

  @AfterEach
  void closeTarget() throws Exception {
    target.close();
  }

  private static LedgerSettings run(String runId) {
    return new LedgerSettings(LEDGER, "p", runId, "fingerprint");
  }

  private static Origin origin(int document, long modifiedMillis) {
    return new Origin("/corpus.jsonl", document + 1, modifiedMillis);
  }

  /** What the ledger knows before the run, by document. */
  private Map<String, StoredFingerprint> known() throws Exception {
    Map<String, StoredFingerprint> known = new HashMap<>();
    List<String> keys =
        IntStream.range(0, DOCUMENTS).mapToObj(i -> run("r2").documentKey("d" + i)).toList();
    try (Connection connection = Database.connect(target.settings())) {
      KeyedRows.select(connection, LEDGER, StoredFingerprint.COLUMNS, "ledger_key", keys)
          .forEach(row -> known.put((String) row.get(2), StoredFingerprint.of(row)));
    }
    return known;
  }

  private static List<SeenMarks.Mark> marks(
      Map<String, StoredFingerprint> known, Function<Integer, Origin> origin) {
    List<SeenMarks.Mark> marks = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      marks.add(new SeenMarks.Mark(i, known.get("d" + i), origin.apply(i)));
    }
    return marks;
  }

  private Set<Integer> set(List<SeenMarks.Mark> marks) throws Exception {
    try (Database database = Database.acquire(target.settings())) {
      return database.query(connection -> new SeenMarks(run("r2")).set(connection, marks));
    }
  }

  private static Set<Integer> all() {
    return IntStream.range(0, DOCUMENTS).boxed().collect(Collectors.toSet());
  }

  private List<String> seen() throws Exception {
    return target.rows(
        "SELECT seen_run_id, run_id, COUNT(*) FROM RAG.DocumentLedger"
            + " GROUP BY seen_run_id, run_id ORDER BY seen_run_id");
  }

  private String modified() {
    return "SELECT DISTINCT source_modified FROM RAG.DocumentLedger ORDER BY source_modified";
  }

  @Test
  void marksDocumentsThatAreWhereTheyWere() throws Exception {
    List<String> modifiedBefore = target.rows(modified());

    Set<Integer> marked = set(marks(known(), i -> origin(i, WRITTEN)));

    assertThat(marked, is(all()));
    assertThat(seen(), contains("r2|r1|" + DOCUMENTS));
    assertThat(target.rows(modified()), is(modifiedBefore));
  }

  @Test
  void recordsThatTheFileWasWrittenAgain() throws Exception {
    Set<Integer> marked = set(marks(known(), i -> origin(i, WRITTEN + 86_400_000)));

    assertThat(marked, is(all()));
    assertThat(target.rows(modified()), contains("1970-01-02 00:16:40"));
  }

  @Test
  void recordsWhereDocumentsHaveMoved() throws Exception {
    Set<Integer> marked = set(marks(known(), i -> origin(i + (i < 5 ? 10_000 : 0), WRITTEN)));

    assertThat(marked, is(all()));
    assertThat(seen(), contains("r2|r1|" + DOCUMENTS));
    assertThat(
        target.rows(
            "SELECT document_id, source_position FROM RAG.DocumentLedger"
                + " WHERE source_position > 10000 ORDER BY document_id"),
        contains("d0|10001", "d1|10002", "d2|10003", "d3|10004", "d4|10005"));
  }

  /** One that this run has seen at another place meanwhile, and one that another run has. */
  @Test
  void leavesAloneWhatSomebodyElseHasClaimedMeanwhile() throws Exception {
    Map<String, StoredFingerprint> known = known();
    target.execute(
        "UPDATE RAG.DocumentLedger SET seen_run_id = 'r2', source = '/another'"
            + " WHERE document_id = 'd3'",
        "UPDATE RAG.DocumentLedger SET seen_run_id = 'r3' WHERE document_id = 'd7'");

    Set<Integer> marked = set(marks(known, i -> origin(i, WRITTEN)));

    Set<Integer> expected = new HashSet<>(all());
    expected.removeAll(Set.of(3, 7));
    assertThat(marked, is(expected));
    assertThat(seen(), contains("r2|r1|" + (DOCUMENTS - 1), "r3|r1|1"));
  }
}

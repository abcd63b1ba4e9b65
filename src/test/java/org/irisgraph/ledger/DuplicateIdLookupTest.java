package org.irisgraph.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.irisgraph.graphrag.TestGraphs.brokenLine;
import static org.irisgraph.graphrag.TestGraphs.document;
import static org.irisgraph.graphrag.TestGraphs.line;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Origin;
import org.irisgraph.graphrag.TestGraphs;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DuplicateIdLookupTest {

  private final DuplicateIdLookup lookup = new DuplicateIdLookup(run("p", "r2"));
  private TestTarget target;
  private Connection connection;

  @BeforeEach
  void createTables() throws Exception {
    target = TestTarget.h2();
    TestGraphs.createTables(target);
    connection = Database.connect(target.settings());
  }

  @AfterEach
  void closeTarget() throws Exception {
    connection.close();
    target.close();
  }

  private static LedgerSettings run(String pipeline, String runId) {
    return new LedgerSettings("RAG.DocumentLedger", pipeline, runId, "fingerprint");
  }

  private void write(String pipeline, String runId, DocumentGraph... graphs) throws Exception {
    TestGraphs.write(target, run(pipeline, runId), 1000, List.of(graphs));
  }

  private static Document read(String id, String source, long position) {
    return new Document(id, new Origin(source, position, 0), "Gout.", Map.of());
  }

  private List<Optional<String>> find(Document... documents) throws Exception {
    return lookup.find(connection, List.of(documents)).stream()
        .map(other -> other.map(Origin::toString))
        .toList();
  }

  @Test
  void findsTheOtherPlaceOfAnId() throws Exception {
    write("p", "r1", line("a", "/f.jsonl", 3, "gout"), document("b", "/b.txt", "gout"));

    assertThat(
        find(
            read("a", "/z.jsonl", 1),
            read("a", "/f.jsonl", 3),
            read("A ", "/z.jsonl", 2),
            read("new", "/z.jsonl", 3)),
        contains(
            Optional.of("/f.jsonl:3"),
            Optional.empty(),
            Optional.of("/f.jsonl:3"),
            Optional.empty()));
  }

  @Test
  void passesOverWhatThisRunHasSeenAndWhatBelongsToAnotherPipeline() throws Exception {
    write("p", "r2", document("seen", "/seen.txt", "gout"));
    write("q", "r1", document("other", "/other.txt", "gout"));

    assertThat(
        find(read("seen", "/z.txt", 0), read("other", "/z.txt", 0)),
        contains(Optional.empty(), Optional.empty()));
  }

  @Test
  void marksTheDocumentsAsSeenThatAreStillAtTheirPlaces() throws Exception {
    write(
        "p",
        "r1",
        document("still", "/still.txt", "gout"),
        document("moved", "/moved.txt", "gout"),
        line("stale", "/f.jsonl", 1, "gout"));
    write("p", "r1", brokenLine("/f.jsonl", 1));

    lookup.confirm(
        connection,
        List.of(
            read("STILL", "/still.txt", 0),
            read("moved", "/elsewhere.txt", 0),
            read("stale", "/f.jsonl", 1)));
    lookup.confirm(connection, List.of());

    assertThat(
        target.rows("SELECT document_id, seen_run_id FROM RAG.DocumentLedger ORDER BY document_id"),
        contains("moved|r1", "stale|r1", "still|r2"));
  }

  @Test
  void takesIdsForOneAsTheLedgerDoes() {
    assertThat(lookup.isSame("Doc-1", "dOC-1 "), is(true));
    assertThat(lookup.isSame("Doc-1", "Doc-2"), is(false));
  }
}

package org.irisgraph.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.irisgraph.graphrag.TestGraphs.document;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Passage;
import org.irisgraph.graphrag.TestGraphs;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.KeyComparison;
import org.irisgraph.jdbc.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The same document ids lead to the same ledger in every database, whether its collation tells them
 * apart or not.
 */
public abstract class DocumentIdsContract {

  private static final String LEDGER = "RAG.DocumentLedger";

  private TestTarget target;

  /** A database, which the test closes; it may lose what is in its schema RAG. */
  protected abstract TestTarget open() throws Exception;

  /** Whether the database takes texts for equal that differ in case alone. */
  protected boolean ignoresCase() {
    return true;
  }

  @BeforeEach
  void createTables() throws Exception {
    target = open();
    target.clearSchema("RAG");
    TestGraphs.createTables(target);
  }

  @AfterEach
  void close() throws Exception {
    target.close();
  }

  private LedgerSettings run(String pipeline, String runId) {
    return new LedgerSettings(target.in(LEDGER), pipeline, runId, "fingerprint");
  }

  private void write(String runId, List<DocumentGraph> graphs) throws Exception {
    TestGraphs.write(target, run("p", runId), 1000, graphs);
  }

  private List<String> ledger() throws Exception {
    return target.rows("SELECT document_id, outcome, source FROM " + LEDGER);
  }

  /** Pairs and triples that differ in case, in blanks at the end, or in neither. */
  private static List<DocumentGraph> similarIds() {
    String[] ids = {
      "x",
      "X",
      "x ",
      "note",
      "NOTE\t",
      "straße",
      "STRASSE",
      "ähre",
      "ÄHRE",
      "istanbul",
      "İstanbul",
      "ISTANBUL",
      "дом",
      "ДОМ ",
      "文書",
      "文書 ",
      "文 書",
      " x"
    };
    List<DocumentGraph> graphs = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      graphs.add(document(ids[i], "/%02d".formatted(i), "gout"));
    }
    return graphs;
  }

  private static final String[] EXPECTED = {
    "x|indexed|/00",
    "X|rejected|/01",
    "x |rejected|/02",
    "note|indexed|/03",
    "NOTE\t|rejected|/04",
    "straße|indexed|/05",
    "STRASSE|rejected|/06",
    "ähre|indexed|/07",
    "ÄHRE|rejected|/08",
    "istanbul|indexed|/09",
    "İstanbul|rejected|/10",
    "ISTANBUL|rejected|/11",
    "дом|indexed|/12",
    "ДОМ |rejected|/13",
    "文書|indexed|/14",
    "文書 |rejected|/15",
    "文 書|indexed|/16",
    " x|indexed|/17"
  };

  @Test
  void theFirstOfSimilarIdsWins() throws Exception {
    write("r1", similarIds());
    assertThat(ledger(), containsInAnyOrder(EXPECTED));
    assertThat(target.count("RAG.SourceDocuments"), is(9L));
    assertThat(target.count("RAG.Entities"), is(9L));
  }

  @Test
  void theFirstWinsInWhicheverOrderTheyAreWritten() throws Exception {
    List<DocumentGraph> graphs = similarIds();
    Collections.reverse(graphs);
    for (DocumentGraph graph : graphs) {
      write("r1", List.of(graph));
    }
    assertThat(ledger(), containsInAnyOrder(EXPECTED));
    assertThat(target.count("RAG.SourceDocuments"), is(9L));
    assertThat(target.count("RAG.Entities"), is(9L));
  }

  @Test
  void theReasonNamesBothIdsWhicheverCameFirst() throws Exception {
    DocumentGraph first = document("x", "/a", "gout");
    DocumentGraph second = document("X ", "/b", "gout");
    write("r1", List.of(first));
    write("r1", List.of(second));
    String reasons = "SELECT reasons FROM " + LEDGER + " WHERE outcome = 'rejected'";
    List<String> inOrder = target.rows(reasons);
    assertThat(inOrder.get(0), containsString("\\\"x\\\" of /a and \\\"X \\\" of /b differ"));
    target.execute("DELETE FROM " + LEDGER);
    write("r2", List.of(second));
    write("r2", List.of(first));
    assertThat(target.rows(reasons), is(inOrder));
  }

  @Test
  void aDocumentWhoseIdChangesItsCaseIsReplaced() throws Exception {
    write("r1", List.of(document("Note", "/a", "gout", "lupus")));
    DocumentGraph renamed = document("NOTE ", "/a", "gout");
    try (Database database = Database.acquire(target.settings())) {
      Set<Integer> unchanged =
          database.query(
              c ->
                  new UnchangedDocuments(run("p", "r2"), TestGraphs.tables(target))
                      .mark(
                          c,
                          List.of(
                              new UnchangedDocuments.Candidate(
                                  renamed.documentId(), renamed.origin(), renamed.contentHash())))
                      .indexes());
      assertThat(unchanged, is(empty()));
    }
    write("r2", List.of(renamed));
    assertThat(ledger(), contains("NOTE |indexed|/a"));
    assertThat(target.rows("SELECT doc_id FROM RAG.SourceDocuments"), contains("NOTE "));
    assertThat(target.rows("SELECT entity_name FROM RAG.Entities"), contains("gout"));
  }

  @Test
  void aLongDocumentWhoseIdChangesItsCaseIsReplaced() throws Exception {
    TestGraphs.write(
        target, run("p", "r1"), 2, List.of(document("Note", "/a", "gout", "lupus", "asthma")));
    DocumentGraph renamed = document("NOTE ", "/a", "gout", "lupus", "cough");
    TestGraphs.write(target, run("p", "r2"), 2, List.of(renamed));
    assertThat(ledger(), contains("NOTE |indexed|/a"));
    assertThat(storedIds(), contains("NOTE"));
    assertThat(
        target.rows("SELECT entity_name, source_doc_id FROM RAG.Entities ORDER BY entity_name"),
        contains("cough|NOTE ", "gout|NOTE ", "lupus|NOTE "));
  }

  @Test
  void aLongDocumentWithoutEntitiesWhoseIdChangesItsCaseIsReplaced() throws Exception {
    TestGraphs.write(target, run("p", "r1"), 2, List.of(withPassages("Note")));
    TestGraphs.write(target, run("p", "r2"), 2, List.of(withPassages("NOTE ")));
    assertThat(ledger(), contains("NOTE |indexed|/a"));
    assertThat(
        storedIds(),
        contains(
            "NOTE",
            "NOTE _CHUNK_SENTENCES_0",
            "NOTE _CHUNK_SENTENCES_1",
            "NOTE _CHUNK_SENTENCES_2"));
  }

  /** A row that is stored again may keep the spelling that the database takes for equal. */
  private List<String> storedIds() throws Exception {
    return target.rows("SELECT doc_id FROM RAG.SourceDocuments").stream()
        .map(KeyComparison::fold)
        .sorted()
        .toList();
  }

  private static DocumentGraph withPassages(String id) {
    DocumentGraph graph = document(id, "/a");
    List<Passage> passages = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      passages.add(new Passage(i, i + 1, null));
    }
    return graph.toBuilder().setPassages(passages).build();
  }

  @Test
  void aPipelineWhoseNameTheDatabaseTakesForAnotherIsRefused() throws Exception {
    write("r1", List.of(document("d", "/a", "gout")));
    try (Connection connection = Database.connect(target.settings())) {
      PipelineNameCheck.check(connection, run("p", "r2"));
      assertThat(
          PipelineNameCheck.hasDocuments(connection, target.in("RAG.DocumentLedger"), "p"),
          is(true));
      if (ignoresCase()) {
        StoreException refused =
            assertThrows(
                StoreException.class, () -> PipelineNameCheck.check(connection, run("P", "r2")));
        assertThat(refused.getMessage(), containsString("--pipeline=p"));
      } else {
        PipelineNameCheck.check(connection, run("P", "r2"));
      }
    }
  }

  @Test
  void areGivenNewKeysInTheLedgerOfAnEarlierVersion() throws Exception {
    write(
        "r1",
        List.of(
            document("lower-1", "/1", "gout"),
            document("UPPER-2", "/2", "gout"),
            document("Blank-3 ", "/3", "gout"),
            document("x", "/4", "gout"),
            document("y", "/5", "gout"),
            document("of both", "/6", "gout")));
    List<String> ids = List.of("lower-1", "UPPER-2", "Blank-3 ", "x", "X", "of both");
    for (String id : ids) {
      target.execute(
          "UPDATE RAG.DocumentLedger SET ledger_key = '%s', document_id = '%s' WHERE source = '/%d'"
              .formatted(LedgerKeys.document(id), id, 1 + ids.indexOf(id)));
    }

    TestGraphs.write(
        target, run("another", "r1"), 1000, List.of(document("OF BOTH", "/7", "gout")));

    try (Connection connection = Database.connect(target.settings())) {
      assertThat(LedgerKeyUpgrade.renew(connection, run("another", "r2"), 1000), is(0));
      assertThat(LedgerKeyUpgrade.renew(connection, run("p", "r2"), 1000), is(2));
      assertThat(LedgerKeyUpgrade.renew(connection, run("p", "r2"), 1000), is(0));
    }

    assertThat(
        target.rows("SELECT ledger_key FROM RAG.DocumentLedger ORDER BY source"),
        contains(
            LedgerKeys.document("LOWER-1"),
            LedgerKeys.document("UPPER-2"),
            LedgerKeys.document("BLANK-3"),
            LedgerKeys.document("x"),
            LedgerKeys.document("X"),
            LedgerKeys.document("of both"),
            LedgerKeys.document("OF BOTH")));
  }
}

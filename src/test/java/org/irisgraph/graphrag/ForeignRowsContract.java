package org.irisgraph.graphrag;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.irisgraph.graphrag.TestGraphs.document;

import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.graph.Origin;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.TestWriter;
import org.irisgraph.iris.batch.BatchResult;
import org.irisgraph.iris.spec.ForeignRows;
import org.irisgraph.iris.spec.OutcomeTable;
import org.irisgraph.jdbc.Database;
import org.irisgraph.ledger.ForeignRowCount;
import org.irisgraph.ledger.Ledger;
import org.irisgraph.ledger.LedgerSettings;
import org.irisgraph.ledger.RemovalLedger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the rows that another tool has stored for a document, in every layout. */
public abstract class ForeignRowsContract {

  @Parameter Layout layout;

  TestTarget target;

  private GraphTables tables;

  /** A database, which the test closes; it may lose what is in its schema RAG. */
  protected abstract TestTarget open() throws Exception;

  @BeforeEach
  void createTables() throws Exception {
    target = open();
    tables = TestGraphs.tables(target);
    target.clearSchema("RAG");
    target.execute(layout.statements());
    TestGraphs.createTables(target);
  }

  @AfterEach
  void releaseTarget() throws Exception {
    target.close();
  }

  private LedgerSettings run(String runId) {
    return new LedgerSettings(target.in("RAG.DocumentLedger"), "pipeline", runId, "fingerprint");
  }

  BatchResult<DocumentGraph> write(ForeignRows foreignRows, String runId, DocumentGraph... graphs)
      throws Exception {
    return write(foreignRows, 1000, new Ledger(run(runId), tables), graphs);
  }

  private BatchResult<DocumentGraph> remove(ForeignRows foreignRows, String documentId)
      throws Exception {
    return write(
        foreignRows,
        1000,
        new RemovalLedger(run("removal"), tables),
        DocumentGraph.failed(
            documentId,
            new Origin("/d", 0, 0),
            new Failure(Failure.Stage.READ, "MISSING", "gone")));
  }

  private BatchResult<DocumentGraph> write(
      ForeignRows foreignRows,
      int batchRows,
      OutcomeTable<DocumentGraph> ledger,
      DocumentGraph... graphs)
      throws Exception {
    try (TestWriter<DocumentGraph> writer =
        new TestWriter<>(target.settings(), tables.writes(foreignRows), ledger, GraphTables::owner)
            .withBatchRows(batchRows)) {
      return writer.write(List.of(graphs));
    }
  }

  private long foreignRowsOf(String runId) throws Exception {
    try (Connection connection = Database.connect(target.settings())) {
      return new ForeignRowCount(run(runId), tables).count(connection);
    }
  }

  private String entity(String document) throws Exception {
    String id = UUID.randomUUID().toString();
    target.execute(Layout.entity(id, document));
    return id;
  }

  private String relationship(String source, String goal, String document) throws Exception {
    String id = UUID.randomUUID().toString();
    target.execute(layout.relationship(id, source, goal, document));
    return id;
  }

  private List<String> entities() throws Exception {
    return target.rows("SELECT entity_id FROM RAG.Entities");
  }

  private List<String> relationships() throws Exception {
    return target.rows("SELECT relationship_id FROM RAG.EntityRelationships");
  }

  private List<String> dangling() throws Exception {
    return target.rows(
        "SELECT relationship_id FROM RAG.EntityRelationships r WHERE NOT EXISTS (SELECT 1 FROM"
            + " RAG.Entities e WHERE e.entity_id = r.source_entity_id) OR NOT EXISTS (SELECT 1"
            + " FROM RAG.Entities e WHERE e.entity_id = r.target_entity_id)");
  }

  private static String gout() {
    return GraphIds.entity("d", "DISEASE", "gout");
  }

  private static String lupus() {
    return GraphIds.entity("d", "DISEASE", "lupus");
  }

  @Test
  void keepsTheRowsOfOthersWhenADocumentIsNewAndWhenItHasChanged() throws Exception {
    target.execute(Layout.document("d"));
    String a = entity("d");
    String b = entity("d");
    String link = relationship(a, b, "d");
    String linkOfNobody = relationship(b, a, null);

    write(ForeignRows.KEEP, "r1", document("d", "/d", "gout", "asthma"));
    assertThat(foreignRowsOf("r1"), is(4L));
    write(ForeignRows.KEEP, "r2", document("d", "/d", "lupus"));

    assertThat(entities(), containsInAnyOrder(a, b, lupus()));
    assertThat(relationships(), containsInAnyOrder(link, linkOfNobody));
    assertThat(foreignRowsOf("r2"), is(4L));
    assertThat(foreignRowsOf("r1"), is(0L));
  }

  @Test
  void holdsWhatKeptRelationshipsReferTo() throws Exception {
    write(ForeignRows.KEEP, "r1", document("d", "/d", "gout", "asthma", "anemia"));
    String theirs = entity("d");
    String asthma = GraphIds.entity("d", "DISEASE", "asthma");
    String to = relationship(theirs, gout(), "d");
    String from = relationship(asthma, theirs, "d");

    BatchResult<DocumentGraph> result = write(ForeignRows.KEEP, "r2", document("d", "/d", "lupus"));

    assertThat(result.rejected(), is(empty()));
    assertThat(result.metrics().held(), is(2));
    assertThat(result.metrics().attempts(), is(1));
    assertThat(entities(), containsInAnyOrder(theirs, gout(), asthma, lupus()));
    assertThat(relationships(), containsInAnyOrder(to, from));

    target.execute(
        "DELETE FROM RAG.EntityRelationships WHERE relationship_id = '%s'".formatted(to));
    result = write(ForeignRows.KEEP, "r3", document("d", "/d", "lupus", "stroke"));

    assertThat(result.metrics().held(), is(1));
    assertThat(entities(), hasSize(4));
    assertThat(dangling(), is(empty()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void replacesTheRowsOfOthers(boolean indexedBefore) throws Exception {
    if (indexedBefore) {
      write(ForeignRows.KEEP, "r1", document("d", "/d", "gout"), document("other", "/o", "gout"));
    } else {
      target.execute(Layout.document("d"), Layout.document("other"));
    }
    String a = entity("d");
    String b = entity("d");
    relationship(a, b, "d");
    relationship(b, a, null);
    String ofOther = entity("other");

    BatchResult<DocumentGraph> result =
        write(ForeignRows.REPLACE, "r2", document("d", "/d", "lupus"), document("e", "/e"));

    assertThat(result.metrics().foreignReplaced(), is(4));
    assertThat(result.metrics().held(), is(0));
    assertThat(foreignRowsOf("r2"), is(0L));
    assertThat(relationships(), is(empty()));
    assertThat(
        target.rows("SELECT entity_id FROM RAG.Entities WHERE source_doc_id = 'd'"),
        containsInAnyOrder(lupus()));
    assertThat(entities().contains(ofOther), is(true));
  }

  @Test
  void doesNotReplaceWhatAnotherDocumentRefersTo() throws Exception {
    write(ForeignRows.KEEP, "r1", document("d", "/d", "gout"), document("other", "/o"));
    String theirs = entity("d");
    String ofOther = entity("other");
    String toTheirs = relationship(ofOther, theirs, "other");
    String toOurs = relationship(ofOther, gout(), "other");

    BatchResult<DocumentGraph> result =
        write(ForeignRows.REPLACE, "r2", document("d", "/d", "lupus"));

    assertThat(result.metrics().foreignReplaced(), is(0));
    assertThat(result.metrics().held(), is(2));
    assertThat(entities(), containsInAnyOrder(theirs, ofOther, gout(), lupus()));
    assertThat(relationships(), containsInAnyOrder(toTheirs, toOurs));
  }

  @Test
  void leavesTheRowsOfOthersIfTheDocumentIsRejected() throws Exception {
    target.execute(Layout.document("d"));
    String theirs = entity("d");
    DocumentGraph blank = document("d", "/d", " ");

    BatchResult<DocumentGraph> result = write(ForeignRows.REPLACE, "r1", blank);

    assertThat(result.refused(), hasSize(1));
    assertThat(result.metrics().foreignReplaced(), is(0));
    assertThat(entities(), containsInAnyOrder(theirs));
  }

  @Test
  void knowsItsOwnRowsWhateverTheirNames() throws Exception {
    String[] names = {
      "  Crohn\u2019s   DISEASE ",
      "\u0130stanbul",
      "stra\u00dfe",
      "e\u0301pilepsie",
      "\ud83d\ude00 syndrome",
      "tab\tand\nline",
      "x".repeat(400)
    };
    write(ForeignRows.KEEP, "r1", document("D \u00c4", "/d", names));
    // A column that was too short, or a tool that has normalised what it found.
    target.execute("UPDATE RAG.Entities SET entity_name = SUBSTRING(UPPER(entity_name), 1, 5)");
    String theirs = entity("D \u00c4");

    assertThat(foreignRowsOf("r1"), is(1L));
    write(ForeignRows.KEEP, "r2", document("D \u00c4", "/d"));

    assertThat(entities(), containsInAnyOrder(theirs));
    assertThat(relationships(), is(empty()));
  }

  @Test
  void aRemovedDocumentLeavesWhatIsKeptAndWhatThatRefersTo() throws Exception {
    write(ForeignRows.KEEP, "r1", document("d", "/d", "gout", "asthma"), document("e", "/e"));
    String theirs = entity("d");
    String link = relationship(theirs, gout(), "d");

    BatchResult<DocumentGraph> result = remove(ForeignRows.KEEP, "d");
    remove(ForeignRows.KEEP, "e");

    assertThat(result.metrics().held(), is(2));
    assertThat(entities(), containsInAnyOrder(theirs, gout()));
    assertThat(relationships(), containsInAnyOrder(link));
    assertThat(target.rows("SELECT doc_id FROM RAG.SourceDocuments"), containsInAnyOrder("d"));
    assertThat(target.count(target.in("RAG.DocumentLedger")), is(0L));
  }

  @Test
  void aRemovedDocumentTakesWhatIsToBeReplacedAlong() throws Exception {
    write(ForeignRows.KEEP, "r1", document("d", "/d", "gout", "asthma"));
    relationship(entity("d"), gout(), "d");

    BatchResult<DocumentGraph> result = remove(ForeignRows.REPLACE, "d");

    assertThat(result.metrics().foreignReplaced(), is(2));
    assertThat(result.metrics().held(), is(0));
    assertThat(entities(), is(empty()));
    assertThat(relationships(), is(empty()));
    assertThat(target.count("RAG.SourceDocuments"), is(0L));
  }

  @Test
  void replacesInSlicesWhatIsMoreThanATransactionHolds() throws Exception {
    target.execute(Layout.document("d"));
    String first = entity("d");
    for (int i = 0; i < 24; i++) {
      relationship(first, entity("d"), "d");
    }

    BatchResult<DocumentGraph> result =
        write(
            ForeignRows.REPLACE,
            10,
            new Ledger(run("r1"), tables),
            document("d", "/d", "gout", "lupus"));

    assertThat(result.metrics().foreignReplaced(), is(49));
    assertThat(entities(), containsInAnyOrder(gout(), lupus()));
    assertThat(relationships(), hasSize(1));
    assertThat(
        target.rows("SELECT outcome FROM RAG.DocumentLedger"), containsInAnyOrder("indexed"));
  }
}

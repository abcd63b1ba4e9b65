package org.irisgraph.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.irisgraph.graphrag.TestGraphs.document;
import static org.irisgraph.graphrag.TestGraphs.line;
import static org.irisgraph.graphrag.TestGraphs.unreadable;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.TargetTables;
import org.irisgraph.graphrag.TestGraphs;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.TestWriter;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the ledger decides, seen in the tables. */
class LedgerTest {

  private static final GraphTables TABLES = GraphTables.of("RAG");

  private TestTarget target;

  @BeforeEach
  void createTables() throws Exception {
    target = TestTarget.h2();
    TestGraphs.createTables(target);
  }

  @AfterEach
  void closeTarget() throws Exception {
    target.close();
  }

  private void write(LedgerSettings run, DocumentGraph... graphs) throws Exception {
    write(run, 1000, graphs);
  }

  private void write(LedgerSettings run, int batchRows, DocumentGraph... graphs) throws Exception {
    TestGraphs.write(target, run, batchRows, List.of(graphs));
  }

  private RunTotals totals(LedgerSettings run) throws Exception {
    try (Connection connection = Database.connect(target.settings())) {
      return new LedgerReader(run).totals(connection);
    }
  }

  private List<DeadLetter> deadLetters(LedgerSettings run) throws Exception {
    List<DeadLetter> letters = new ArrayList<>();
    try (Connection connection = Database.connect(target.settings())) {
      new LedgerReader(run).deadLetters(connection, letters::add);
    }
    return letters;
  }

  private Set<Integer> unchanged(LedgerSettings run, DocumentGraph... graphs) throws Exception {
    try (Database database = Database.acquire(target.settings())) {
      List<UnchangedDocuments.Candidate> candidates = new ArrayList<>();
      for (DocumentGraph graph : graphs) {
        candidates.add(
            new UnchangedDocuments.Candidate(
                graph.documentId(), graph.origin(), graph.contentHash()));
      }
      return database.query(c -> new UnchangedDocuments(run, TABLES).mark(c, candidates).indexes());
    }
  }

  private List<String> names() throws Exception {
    return target.rows("SELECT entity_name FROM RAG.Entities ORDER BY entity_name");
  }

  @Test
  void recordsADocumentAndItsRows() throws Exception {
    LedgerSettings run = TestGraphs.run("p", "r1");

    write(run, document("d", "/a", "asthma", "gout"));

    RunTotals totals = totals(run);
    assertThat(totals.read(), is(1L));
    assertThat(totals.documents().indexed(), is(1L));
    assertThat(totals.stored().entity(), is(target.count("RAG.Entities")));
    assertThat(totals.stored().relationship(), is(1L));
    assertThat(deadLetters(run), is(empty()));
  }

  @Test
  void givesDeadLettersInTheOrderOfTheirPlaces() throws Exception {
    LedgerSettings run = TestGraphs.run("p", "r1");
    String longName = "/" + "x".repeat(3000);

    write(run, unreadable("/b"), unreadable(longName), unreadable("/a"), unreadable("/B"));

    assertThat(
        deadLetters(run).stream().map(DeadLetter::source).toList(),
        contains("/B", "/a", "/b", longName));
  }

  @Test
  void replacesAChangedDocumentAndDeletesTheRowsThatItNoLongerHas() throws Exception {
    write(
        TestGraphs.run("p", "r1"),
        document("d", "/a", "asthma", "gout"),
        document("other", "/b", "lupus"));

    write(TestGraphs.run("p", "r2"), document("d", "/a", "gout", "measles"));

    assertThat(names(), contains("gout", "lupus", "measles"));
    assertThat(target.count("RAG.EntityRelationships"), is(1L));
  }

  @Test
  void keepsTheSmallerOfTwoSourcesInWhicheverOrderTheyCome() throws Exception {
    DocumentGraph first = document("d", "/a", "asthma");
    DocumentGraph second = document("d", "/b", "gout");
    LedgerSettings forward = TestGraphs.run("p", "r1");
    write(forward, first, second);
    assertThat(names(), contains("asthma"));
    assertThat(totals(forward).documents().rejected(), is(1L));

    LedgerSettings backward = TestGraphs.run("p", "r2");
    write(backward, second);
    write(backward, first);

    assertThat(names(), contains("asthma"));
    assertThat(totals(backward).documents().indexed(), is(1L));
    assertThat(totals(backward).documents().rejected(), is(1L));
    DeadLetter letter = deadLetters(backward).get(0);
    assertThat(letter.source(), is("/b"));
    assertThat(letter.code(), is(Ledger.DUPLICATE));
    assertThat(letter.message(), containsString("/a"));
    assertThat(letter.message(), containsString("/b"));
    assertThat(target.count("RAG.DocumentLedger"), is(2L));
  }

  @Test
  void letsTheOtherSourceHaveTheIdOnceTheFirstIsGone() throws Exception {
    write(TestGraphs.run("p", "r1"), document("d", "/a", "asthma"), document("d", "/b", "gout"));

    LedgerSettings later = TestGraphs.run("p", "r2");
    write(later, document("d", "/b", "gout"));

    assertThat(names(), contains("gout"));
    assertThat(totals(later).documents().indexed(), is(1L));
    assertThat(totals(later).documents().rejected(), is(0L));
  }

  @Test
  void refusesADocumentOfAnotherPipeline() throws Exception {
    write(TestGraphs.run("p", "r1"), document("d", "/a", "asthma"));

    LedgerSettings other = TestGraphs.run("q", "r2");
    write(other, document("d", "/x", "gout"));

    assertThat(names(), contains("asthma"));
    assertThat(deadLetters(other).get(0).code(), is(Ledger.OTHER_PIPELINE));
    assertThat(deadLetters(other).get(0).message(), containsString("pipeline p"));
  }

  @Test
  void keepsTheLastGoodVersionOfWhatCannotBeReadAnyMore() throws Exception {
    write(TestGraphs.run("p", "r1"), document("d", "/a", "asthma"));

    LedgerSettings broken = TestGraphs.run("p", "r2");
    write(broken, unreadable("/a"));

    assertThat(names(), contains("asthma"));
    assertThat(totals(broken).documents().stale(), is(1L));
    assertThat(totals(broken).read(), is(1L));
    assertThat(deadLetters(broken).get(0).documentId(), is("d"));
    assertThat(deadLetters(broken).get(0).stage(), is("read"));

    LedgerSettings mended = TestGraphs.run("p", "r3");
    assertThat(unchanged(mended, document("d", "/a", "asthma")), is(empty()));
    write(mended, document("d", "/a", "asthma"));
    assertThat(totals(mended).documents().indexed(), is(1L));
    assertThat(totals(mended).documents().stale(), is(0L));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void namesTheDocumentThatFailsAndNotTheOneThatWasAtItsPlace(boolean failsFirst) throws Exception {
    write(
        TestGraphs.run("p", "r1"),
        line("x", "/f", 1, "asthma"),
        line("y", "/f", 2, "gout"),
        line("z", "/f", 3, "lupus"));

    // A new first line, x is blank, and z is gone.
    LedgerSettings later = TestGraphs.run("p", "r2");
    DocumentGraph blank = blank("x", "/f", 2);
    DocumentGraph moved = line("y", "/f", 3, "gout");
    write(later, failsFirst ? blank : moved);
    write(later, failsFirst ? moved : blank);

    assertThat(documents(), contains("x /f:1", "x /f:2 rejected", "y /f:3", "z /f:3"));
    assertThat(deadLetters(later).get(0).documentId(), is("x"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void namesADocumentThatIsBlankAtItsFirstPlaceInWhicheverOrderTheyCome(boolean failsFirst)
      throws Exception {
    write(TestGraphs.run("p", "r1"), line("d", "/a", 1, "asthma"));

    LedgerSettings later = TestGraphs.run("p", "r2");
    DocumentGraph blank = blank("d", "/a", 1);
    DocumentGraph moved = line("d", "/b", 1, "gout");
    write(later, failsFirst ? blank : moved);
    write(later, failsFirst ? moved : blank);

    assertThat(documents(), contains("d /a:1 rejected", "d /b:1"));
    assertThat(
        target.rows("SELECT reasons FROM RAG.DocumentLedger WHERE outcome = 'rejected'"),
        contains("[{\"stage\":\"read\",\"code\":\"BLANK_TEXT\",\"message\":\"no text\"}]"));
  }

  private static DocumentGraph blank(String id, String source, long position) {
    return DocumentGraph.failed(
        id,
        new Origin(source, position, 0),
        new Failure(Failure.Stage.READ, "BLANK_TEXT", "no text"));
  }

  /** Id and place, and what is wrong. */
  private List<String> documents() throws Exception {
    return target.rows(
        "SELECT COALESCE(document_id, '-') || ' ' || source || ':' || source_position"
            + " || CASE WHEN stale = 1 THEN ' stale' WHEN outcome = 'indexed' THEN ''"
            + " ELSE ' ' || outcome END"
            + " FROM RAG.DocumentLedger ORDER BY document_id, source, source_position");
  }

  @Test
  void forgetsAFailureOnceItsPlaceCanBeRead() throws Exception {
    LedgerSettings broken = TestGraphs.run("p", "r1");
    write(broken, unreadable("/a"));
    assertThat(totals(broken).documents().rejected(), is(1L));

    write(TestGraphs.run("p", "r2"), document("d", "/a", "asthma"));

    assertThat(target.rows("SELECT outcome FROM RAG.DocumentLedger"), contains("indexed"));
  }

  @Test
  void findsWhatIsUnchangedAndMarksIt() throws Exception {
    DocumentGraph same = document("d", "/a", "asthma");
    write(TestGraphs.run("p", "r1"), same, document("e", "/b", "gout"));

    LedgerSettings again = TestGraphs.run("p", "r2");
    Set<Integer> unchanged = unchanged(again, same, document("e", "/b", "lupus"));

    assertThat(unchanged, contains(0));
    assertThat(totals(again).documents().unchanged(), is(1L));
  }

  @Test
  void doesNotCallUnchangedWhatAnotherFingerprintWrote() throws Exception {
    DocumentGraph same = document("d", "/a", "asthma");
    write(TestGraphs.run("p", "r1"), same);

    assertThat(
        unchanged(new LedgerSettings("RAG.DocumentLedger", "p", "r2", "other"), same), is(empty()));
  }

  @Test
  void doesNotCallUnchangedADocumentWhoseRowIsGone() throws Exception {
    DocumentGraph same = document("d", "/a", "asthma");
    write(TestGraphs.run("p", "r1"), same);
    target.execute("DELETE FROM RAG.SourceDocuments");

    assertThat(unchanged(TestGraphs.run("p", "r2"), same), is(empty()));
  }

  @Test
  void namesTheRowsOfAPartialDocument() throws Exception {
    LedgerSettings run = TestGraphs.run("p", "r1");

    write(run, document("d", "/a", "asthma", "x".repeat(501)));

    assertThat(totals(run).documents().partial(), is(1L));
    assertThat(totals(run).notStored().entity(), is(1L));
    assertThat(totals(run).notStored().relationship(), is(1L));
    assertThat(
        deadLetters(run).stream().map(DeadLetter::code).toList(),
        contains("TOO_LONG", "REFERENCE"));
    assertThat(deadLetters(run).get(0).table(), is("RAG.Entities"));
  }

  @Test
  void completesALargeDocumentInItsLastTransaction() throws Exception {
    String[] names = IntStream.range(0, 250).mapToObj(i -> "disease " + i).toArray(String[]::new);
    LedgerSettings run = TestGraphs.run("p", "r1");

    write(run, 100, document("d", "/a", names));
    write(TestGraphs.run("p", "r2"), 100, document("d", "/a", "gout"));

    assertThat(names(), contains("gout"));
    assertThat(target.count("RAG.EntityRelationships"), is(0L));
    assertThat(target.rows("SELECT outcome, entity_rows FROM RAG.DocumentLedger"), hasSize(1));
    assertThat(totals(TestGraphs.run("p", "r2")).documents().indexed(), is(1L));
  }

  @Test
  void countsTheDuplicatesOfOneBatchOnce() throws Exception {
    LedgerSettings run = TestGraphs.run("p", "r1");

    write(run, document("d", "/b", "gout"), document("d", "/a", "asthma"), document("d", "/c"));

    assertThat(names(), contains("asthma"));
    assertThat(totals(run).documents().indexed(), is(1L));
    assertThat(totals(run).documents().rejected(), is(2L));
    assertThat(totals(run).read(), is(3L));
  }

  @Test
  void leavesTheRowsOfTheWinnerAloneWhenALargeDuplicateIsRefused() throws Exception {
    String[] many = IntStream.range(0, 250).mapToObj(i -> "disease " + i).toArray(String[]::new);
    LedgerSettings run = TestGraphs.run("p", "r1");

    write(run, 100, document("d", "/a", "asthma"), document("d", "/b", many));

    assertThat(names(), contains("asthma"));
    assertThat(target.count("RAG.SourceDocuments"), is(1L));
    assertThat(totals(run).documents().rejected(), is(1L));
  }

  @Test
  void decidesOneAfterTheOtherWhatTwoElementsOfABatchClaim() throws Exception {
    write(TestGraphs.run("p", "r1"), document("d", "/a", "asthma"));

    LedgerSettings later = TestGraphs.run("p", "r2");
    write(later, unreadable("/a"), document("d", "/b", "gout"));

    assertThat(names(), contains("gout"));
    assertThat(totals(later).documents().indexed(), is(1L));
    assertThat(totals(later).documents().rejected(), is(1L));
  }

  @Test
  void countsTheRowsOfALoserInEitherOrder() throws Exception {
    DocumentGraph first = document("d", "/a", "asthma");
    DocumentGraph second = document("d", "/b", "gout", "lupus");
    LedgerSettings forward = TestGraphs.run("p", "r1");
    write(forward, first, second);
    assertThat(totals(forward).notStored().entity(), is(2L));

    LedgerSettings backward = TestGraphs.run("p", "r2");
    write(backward, second, first);
    assertThat(totals(backward).notStored().entity(), is(2L));
  }

  @Test
  void forgetsTheFailureOfAPlaceThatGivesAnUnchangedDocumentAgain() throws Exception {
    write(TestGraphs.run("p", "r1"), document("d", "/b", "asthma"));
    write(TestGraphs.run("p", "r2"), unreadable("/a"));

    unchanged(TestGraphs.run("p", "r3"), document("d", "/a", "asthma"));

    assertThat(target.rows("SELECT outcome FROM RAG.DocumentLedger"), contains("indexed"));
  }

  @Test
  void deletesTheEarlierVersionOfARowThatTheDatabaseRefuses() throws Exception {
    write(TestGraphs.run("p", "r1"), document("d", "/a", "asthma", "gout"));
    target.execute(
        "ALTER TABLE RAG.Entities ADD CONSTRAINT told CHECK (description NOT LIKE '%refused%')");

    LedgerSettings later = TestGraphs.run("p", "r2");
    DocumentGraph changed = document("d", "/a", "asthma", "gout");
    Entity gout = changed.entities().get(1);
    Entity refused =
        new Entity(gout.id(), gout.name(), gout.type(), 1, 0, 4, 1, "an extractor that is refused");
    write(
        later,
        changed.toBuilder().setEntities(List.of(changed.entities().get(0), refused)).build());

    assertThat(names(), contains("asthma"));
    assertThat(target.count("RAG.EntityRelationships"), is(0L));
    assertThat(totals(later).documents().partial(), is(1L));
  }

  @Test
  void noticesRowsThatSomebodyElseTookOut() throws Exception {
    write(
        TestGraphs.run("p", "r1"),
        document("d", "/a", "asthma", "gout"),
        document("e", "/b", "lupus"));
    TargetTables tables =
        new TargetTables(target.settings().dialect(), TABLES, "RAG.DocumentLedger");
    try (Connection connection = Database.connect(target.settings())) {
      assertThat(tables.shortfalls(connection, "p"), is(empty()));

      target.execute("DELETE FROM RAG.Entities WHERE source_doc_id = 'd'");

      assertThat(
          tables.shortfalls(connection, "p"),
          contains("RAG.Entities has 1 rows, but the ledger counts 3 stored rows"));
    }
  }

  @Test
  void callsADocumentIncompleteUntilTheLastOfItIsDeleted() throws Exception {
    String[] many = IntStream.range(0, 250).mapToObj(i -> "disease " + i).toArray(String[]::new);
    LedgerSettings first = TestGraphs.run("p", "r1");
    write(first, document("d", "/a", many));
    // A row of somebody else refers to the document's, so that the last step of the removal fails.
    target.execute(
        "CREATE TABLE RAG.Notes (entity VARCHAR(255) REFERENCES RAG.Entities(entity_id))",
        "INSERT INTO RAG.Notes SELECT MAX(entity_id) FROM RAG.Entities");

    try (TestWriter<DocumentGraph> writer =
        new TestWriter<>(
                target.settings(),
                TABLES.writes(),
                new RemovalLedger(TestGraphs.run("p", "r2"), TABLES),
                GraphTables::owner)
            .withBatchRows(100)) {
      DocumentGraph nothing =
          DocumentGraph.failed(
              "d", new Origin("/a", 0, 0), new Failure(Failure.Stage.READ, "MISSING", "gone"));
      assertThrows(StoreException.class, () -> writer.write(List.of(nothing)));
    }
    assertThat(target.rows("SELECT outcome FROM RAG.DocumentLedger"), contains("incomplete"));

    target.execute("DROP TABLE RAG.Notes");
    LedgerSettings later = TestGraphs.run("p", "r3");
    assertThat(unchanged(later, document("d", "/a", many)), is(Set.of()));
  }
}

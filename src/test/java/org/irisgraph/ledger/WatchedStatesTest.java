package org.irisgraph.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.TestGraphs;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.spec.CommitGuard;
import org.irisgraph.jdbc.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One run sees several states of a file, which come to the ledger in any order. */
class WatchedStatesTest {

  private static final GraphTables TABLES = GraphTables.of("RAG");
  private static final LedgerSettings RUN =
      new LedgerSettings("RAG.DocumentLedger", "p", "r1", "fingerprint");
  private static final String FILE = "/f.jsonl";

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

  @Test
  void replacesADocumentByItsLaterState() throws Exception {
    write(line("d", 1, 1, "asthma"));
    write(line("d", 1, 2, "gout"));

    assertThat(entities(), contains("gout"));
    assertThat(totals().documents().indexed(), is(1L));
  }

  @Test
  void passesOverAnEarlierStateThatComesLate() throws Exception {
    write(line("d", 1, 2, "gout"));
    write(line("d", 1, 1, "asthma"));
    write(line("d", 7, 1, "lupus"));
    write(broken(1, 1));

    assertThat(entities(), contains("gout"));
    assertThat(totals().read(), is(1L));
    assertThat(letters(), is(empty()));
  }

  @Test
  void passesOverADocumentWhosePlaceIsBrokenInALaterState() throws Exception {
    write(broken(1, 2));
    write(line("d", 1, 1, "asthma"));

    assertThat(entities(), is(empty()));
    assertThat(letters(), contains("f.jsonl:1 BAD_JSON"));
  }

  @Test
  void followsADocumentThatMovesWithinItsFile() throws Exception {
    write(line("a", 1, 1, "asthma"), line("b", 2, 1, "gout"));

    // A new first line: b is unchanged, a has changed.
    assertThat(unchanged(line("b", 3, 2, "gout")), is(Set.of(0)));
    write(line("n", 1, 2, "measles"), line("a", 2, 2, "lupus"));
    review();

    assertThat(entities(), contains("gout", "lupus", "measles"));
    assertThat(totals().documents().indexed(), is(3L));
    assertThat(letters(), is(empty()));
    assertThat(
        target.rows(
            "SELECT document_id || source_position FROM RAG.DocumentLedger"
                + " ORDER BY source_position"),
        contains("n1", "a2", "b3"));
  }

  @Test
  void passesOverAnEarlierStateOfWhatWasMarkedTogether() throws Exception {
    DocumentGraph[] first = new DocumentGraph[30];
    DocumentGraph[] third = new DocumentGraph[30];
    for (int i = 0; i < 30; i++) {
      first[i] = line("d" + i, i + 1, 1, "asthma");
      third[i] = line("d" + i, i + 1, 3, "asthma");
    }
    write(first);

    assertThat(unchanged(third).size(), is(30));
    write(line("d7", 8, 2, "gout"));

    assertThat(target.rows("SELECT DISTINCT entity_name FROM RAG.Entities"), contains("asthma"));
    assertThat(totals().documents().indexed(), is(30L));
  }

  @Test
  void namesTheSecondOfTwoEqualIdsInALaterState() throws Exception {
    write(line("d", 1, 1, "asthma"));

    assertThat(unchanged(line("d", 1, 2, "asthma"), line("d", 2, 2, "asthma")), is(Set.of(0)));
    write(line("d", 2, 2, "asthma"));

    assertThat(totals().documents().indexed(), is(1L));
    assertThat(letters(), contains("f.jsonl:2 DUPLICATE_DOCUMENT_ID"));
  }

  @Test
  void forgetsFailuresOfEarlierStates() throws Exception {
    write(line("d", 1, 1, "asthma"), broken(2, 1), broken(0, 1));
    assertThat(letters().size(), is(2));

    assertThat(unchanged(line("d", 1, 2, "asthma")), is(Set.of(0)));
    review();

    assertThat(letters(), is(empty()));
    assertThat(totals().read(), is(1L));
  }

  @Test
  void forgetsTheFailureOfAnArchiveThatWasRepaired() throws Exception {
    write(
        DocumentGraph.failed(
            null,
            new Origin("/all.zip", 0, 1),
            new Failure(Failure.Stage.READ, "BAD_ARCHIVE", "no archive")));
    write(
        TestGraphs.document("d", "/all.zip!/f.jsonl", "asthma").toBuilder()
            .setOrigin(new Origin("/all.zip!/f.jsonl", 1, 2))
            .build());
    review();

    assertThat(letters(), is(empty()));
    assertThat(totals().read(), is(1L));
  }

  @Test
  void keepsFailuresOfTheLastState() throws Exception {
    write(line("d", 1, 1, "asthma"), broken(2, 1));
    assertThat(unchanged(line("d", 1, 2, "asthma")), is(Set.of(0)));
    write(broken(3, 2));
    review();

    assertThat(letters(), contains("f.jsonl:3 BAD_JSON"));
    assertThat(totals().documents().indexed(), is(1L));
  }

  @Test
  void callsDocumentsStaleThatTheLastStateMayStillHave() throws Exception {
    write(line("a", 1, 1, "asthma"), line("b", 2, 1, "gout"));
    write(broken(0, 2));
    review();

    assertThat(totals().documents().stale(), is(2L));
    assertThat(totals().documents().rejected(), is(0L));
    assertThat(entities(), contains("asthma", "gout"));

    // And good again.
    write(line("a", 1, 3, "asthma"), line("b", 2, 3, "gout"));
    review();
    assertThat(totals().documents().indexed(), is(2L));
    assertThat(letters(), is(empty()));
  }

  @Test
  void keepsTheFailureOfAPlaceWhoseDocumentHasMoved() throws Exception {
    write(line("d", 1, 1, "asthma"));
    write(broken(1, 2));
    write(line("d", 2, 2, "asthma"));
    review();

    assertThat(totals().documents().indexed(), is(1L));
    assertThat(letters(), contains("f.jsonl:1 BAD_JSON"));
  }

  @Test
  void keepsTheFailureOfAPlaceThatHadADocumentInAnEarlierState() throws Exception {
    write(line("d", 3, 1, "asthma"));
    write(broken(2, 3));

    // From the state between them, unchanged but for its place.
    assertThat(unchanged(line("d", 2, 2, "asthma")), is(empty()));
    write(line("d", 2, 2, "asthma"));
    review();

    assertThat(letters(), contains("f.jsonl:2 BAD_JSON", "f.jsonl:3 BAD_JSON"));
    assertThat(totals().documents().stale(), is(1L));
  }

  @Test
  void forgetsARejectedDocumentThatALaterStateNoLongerHas() throws Exception {
    target.execute("ALTER TABLE RAG.SourceDocuments ALTER COLUMN text_content VARCHAR(20)");
    write(line("a", 1, 1, "gout"), line("b", 2, 1, "a disease with a long name"));
    assertThat(letters().size(), is(1));

    assertThat(unchanged(line("a", 1, 2, "gout")), is(Set.of(0)));
    review();

    assertThat(letters(), is(empty()));
    assertThat(totals().read(), is(1L));
  }

  private static DocumentGraph line(String id, long position, long state, String entity) {
    return TestGraphs.document(id, FILE, entity).toBuilder()
        .setOrigin(new Origin(FILE, position, state))
        .build();
  }

  private static DocumentGraph broken(long position, long state) {
    return DocumentGraph.failed(
        null,
        new Origin(FILE, position, state),
        new Failure(Failure.Stage.READ, "BAD_JSON", "no JSON object"));
  }

  private void write(DocumentGraph... graphs) throws Exception {
    TestGraphs.write(target, RUN, 1000, List.of(graphs));
  }

  private Set<Integer> unchanged(DocumentGraph... graphs) throws Exception {
    List<UnchangedDocuments.Candidate> candidates = new ArrayList<>();
    for (DocumentGraph graph : graphs) {
      candidates.add(
          new UnchangedDocuments.Candidate(
              graph.documentId(), graph.origin(), graph.contentHash()));
    }
    try (Database database = Database.acquire(target.settings())) {
      return database.query(c -> new UnchangedDocuments(RUN, TABLES).mark(c, candidates).indexes());
    }
  }

  private void review() throws Exception {
    try (Connection connection = Database.connect(target.settings())) {
      new LedgerReconciler(RUN, 1000, CommitGuard.NONE).review(connection);
    }
  }

  private RunTotals totals() throws Exception {
    try (Connection connection = Database.connect(target.settings())) {
      return new LedgerReader(RUN).totals(connection);
    }
  }

  private List<String> letters() throws Exception {
    List<String> letters = new ArrayList<>();
    try (Connection connection = Database.connect(target.settings())) {
      new LedgerReader(RUN)
          .deadLetters(
              connection,
              letter ->
                  letters.add(
                      "%s:%d %s"
                          .formatted(
                              letter.source().substring(1), letter.position(), letter.code())));
    }
    return letters;
  }

  private List<String> entities() throws Exception {
    return target.rows("SELECT entity_name FROM RAG.Entities ORDER BY entity_name");
  }
}

package org.irisgraph.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.irisgraph.graphrag.TestGraphs.brokenLine;
import static org.irisgraph.graphrag.TestGraphs.line;
import static org.irisgraph.graphrag.TestGraphs.unreadable;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.util.List;
import java.util.Set;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;
import org.irisgraph.graphrag.TestGraphs;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.spec.CommitGuard;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerReconcilerTest {

  private static final String FILE = "/f.jsonl";
  private static final LedgerSettings FIRST = run("r1");
  private static final LedgerSettings SECOND = run("r2");

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

  private static LedgerSettings run(String runId) {
    return new LedgerSettings("RAG.DocumentLedger", "p", runId, "fingerprint");
  }

  private void write(LedgerSettings run, DocumentGraph... graphs) throws Exception {
    TestGraphs.write(target, run, 1000, List.of(graphs));
  }

  private Set<String> review(LedgerReconciler reconciler) throws Exception {
    try (Connection connection = Database.connect(target.settings())) {
      return reconciler.review(connection);
    }
  }

  private Set<String> review() throws Exception {
    return review(new LedgerReconciler(SECOND, 1000, CommitGuard.NONE));
  }

  /** Id or nothing, position, outcome and whether it is stale. */
  private List<String> ledger() throws Exception {
    return target.rows(
        "SELECT COALESCE(document_id, '-'), source_position, outcome, stale"
            + " FROM RAG.DocumentLedger ORDER BY source, source_position");
  }

  @Test
  void forgetsALineThatIsNoLongerBroken() throws Exception {
    write(FIRST, line("a", FILE, 1, "gout"), brokenLine(FILE, 3));
    write(SECOND, line("a", FILE, 1, "gout"));

    assertThat(review(), is(empty()));

    assertThat(ledger(), contains("a|1|indexed|0"));
  }

  @Test
  void forgetsAnArchiveAndAFolderThatCanBeReadAgain() throws Exception {
    write(FIRST, unreadable("/a.zip"), unreadable("/folder"), unreadable("/folder.zip"));
    write(
        SECOND,
        line("a", "/a.zip!/m.jsonl", 1, "gout"),
        line("b", "/folder/below/f.jsonl", 1, "lupus"));

    review();

    assertThat(ledger(), contains("a|1|indexed|0", "-|0|rejected|0", "b|1|indexed|0"));
  }

  @Test
  void forgetsWhatAnArchiveThatCanBeReadNoLongerHas() throws Exception {
    write(FIRST, unreadable("/a.zip!/gone.txt"), unreadable("/b.zip!/gone.txt"));
    write(
        SECOND,
        line("a", "/a.zip!/m.jsonl", 1, "gout"),
        line("b", "/b.zip!/m.jsonl", 1, "lupus"),
        unreadable("/b.zip"));

    review();

    assertThat(
        ledger(), contains("a|1|indexed|0", "-|0|rejected|0", "-|0|rejected|0", "b|1|indexed|0"));
  }

  @Test
  void forgetsARejectedDocumentThatItsFileNoLongerHas() throws Exception {
    write(FIRST, line("a", FILE, 1, "gout"), rejected("b", FILE, 2), rejected("c", "/g.jsonl", 1));
    write(SECOND, line("a", FILE, 1, "gout"));

    review();

    assertThat(ledger(), contains("a|1|indexed|0", "c|1|rejected|0"));
  }

  @Test
  void keepsARejectedDocumentThatMayBeInABrokenLine() throws Exception {
    write(FIRST, line("a", FILE, 1, "gout"), rejected("b", FILE, 2));
    write(SECOND, line("a", FILE, 1, "gout"), brokenLine(FILE, 7));

    review();

    assertThat(ledger(), contains("a|1|indexed|0", "b|2|rejected|0", "-|7|rejected|0"));
  }

  /** A document whose text the table cannot hold. */
  private DocumentGraph rejected(String id, String source, long position) throws Exception {
    target.execute("ALTER TABLE RAG.SourceDocuments ALTER COLUMN text_content VARCHAR(20)");
    return line(id, source, position, "a disease with a long name");
  }

  @Test
  void keepsTheFailureOfAFileThatWasNotRead() throws Exception {
    write(FIRST, unreadable("/gone.txt"));
    write(SECOND, line("a", FILE, 1, "gout"));

    review();

    assertThat(ledger(), contains("a|1|indexed|0", "-|0|rejected|0"));
  }

  @Test
  void marksADocumentAsStaleThatMayBeInABrokenLine() throws Exception {
    write(FIRST, line("a", FILE, 1, "gout"), line("b", FILE, 2, "lupus"));
    write(SECOND, line("a", FILE, 1, "gout"), brokenLine(FILE, 7));

    for (int i = 0; i < 2; i++) {
      assertThat(review(), contains(FILE));

      assertThat(ledger(), contains("a|1|indexed|0", "b|2|indexed|1", "-|7|rejected|0"));
      assertThat(
          target.rows("SELECT reasons FROM RAG.DocumentLedger WHERE document_id = 'b'"),
          contains("[{\"stage\":\"read\",\"code\":\"BAD_JSON\",\"message\":\"no JSON object\"}]"));
    }
  }

  @Test
  void marksAllDocumentsOfAFileThatCannotBeReadAndCountsItOnce() throws Exception {
    write(FIRST, line("a", FILE, 1, "gout"), line("b", FILE, 2, "lupus"));
    write(SECOND, unreadable(FILE));

    assertThat(review(), contains(FILE));

    assertThat(ledger(), contains("a|1|indexed|1", "b|2|indexed|1"));
  }

  @Test
  void marksTheDocumentsOfAnArchiveThatCannotBeRead() throws Exception {
    write(
        FIRST,
        line("a", "/all.zip!/f.jsonl", 1, "gout"),
        brokenLine("/all.zip!/f.jsonl", 3),
        line("b", FILE, 2, "lupus"));
    write(SECOND, unreadable("/all.zip"), line("b", FILE, 2, "lupus"));

    review();

    assertThat(
        ledger(), contains("-|0|rejected|0", "a|1|indexed|1", "-|3|rejected|0", "b|2|indexed|0"));
  }

  @Test
  void keepsTheFailuresOfFilesThatAreGoneIfADocumentCouldNotBeExtracted() throws Exception {
    write(FIRST, unreadable("/gone.txt"));
    write(SECOND, extractedTooSlowly());

    review(new LedgerReconciler(SECOND, 1000, CommitGuard.NONE, true));

    assertThat(ledger(), contains("new|3|rejected|0", "-|0|rejected|0"));
  }

  private static DocumentGraph extractedTooSlowly() {
    return DocumentGraph.failed(
        "new", new Origin(FILE, 3, 0), new Failure(Failure.Stage.EXTRACT, "TIMEOUT", "too slow"));
  }

  @Test
  void changesNothingOnceAnotherRunHasTakenOver() throws Exception {
    write(FIRST, line("a", FILE, 1, "gout"), brokenLine(FILE, 3));
    write(SECOND, line("a", FILE, 1, "gout"));
    CommitGuard lost =
        connection -> {
          throw new StoreException.Fenced("lost");
        };

    assertThrows(
        StoreException.Fenced.class,
        () -> {
          try (Connection connection = Database.connect(target.settings())) {
            new LedgerReconciler(SECOND, 1000, lost).review(connection);
          }
        });

    assertThat(ledger(), contains("a|1|indexed|0", "-|3|rejected|0"));
  }

  @Test
  void marksNoneBecauseOfADocumentThatWasRead() throws Exception {
    write(FIRST, line("a", FILE, 1, "gout"), line("b", FILE, 2, "lupus"));
    write(SECOND, extractedTooSlowly());

    assertThat(review(), is(empty()));

    assertThat(ledger(), contains("a|1|indexed|0", "b|2|indexed|0", "new|3|rejected|0"));
  }

  @Test
  void concludesFromAPartialRunOnlyWhatItHasRead() throws Exception {
    write(
        FIRST,
        line("a", FILE, 1, "gout"),
        brokenLine(FILE, 3),
        brokenLine(FILE, 5),
        line("z", "/whole.jsonl", 1, "lupus"));
    write(SECOND, brokenLine(FILE, 7), brokenLine("/whole.jsonl", 9));

    review(
        new LedgerReconciler(
            SECOND,
            1000,
            CommitGuard.NONE,
            new LedgerReconciler.Coverage() {
              @Override
              public boolean isWhole(String source) {
                return source.equals("/whole.jsonl");
              }

              @Override
              public boolean isPlace(String source, long position) {
                return position == 3;
              }
            }));

    assertThat(
        "of f.jsonl, which has a new broken line, nothing is known but that",
        ledger(),
        contains(
            "a|1|indexed|0",
            "-|3|rejected|0",
            "-|5|rejected|0",
            "-|7|rejected|0",
            "z|1|indexed|1",
            "-|9|rejected|0"));
  }

  @Test
  void forgetsALineThatAPartialRunHasReadWithoutAFailure() throws Exception {
    write(FIRST, brokenLine(FILE, 3), brokenLine(FILE, 5));

    review(
        new LedgerReconciler(
            SECOND,
            1000,
            CommitGuard.NONE,
            new LedgerReconciler.Coverage() {
              @Override
              public boolean isWhole(String source) {
                return false;
              }

              @Override
              public boolean isPlace(String source, long position) {
                return position == 3;
              }
            }));

    assertThat(ledger(), contains("-|5|rejected|0"));
  }

  @Test
  void leavesOtherPipelinesAlone() throws Exception {
    write(
        new LedgerSettings("RAG.DocumentLedger", "other", "r1", "fingerprint"),
        line("b", FILE, 2, "lupus"),
        brokenLine(FILE, 3));
    write(SECOND, unreadable(FILE));

    review();

    assertThat(ledger(), contains("-|0|rejected|0", "b|2|indexed|0", "-|3|rejected|0"));
  }

  @Test
  void namesThePlaceThatKeepsTheIdInTheReasonOfEachDuplicate() throws Exception {
    write(SECOND, line("a", "/3.jsonl", 1, "gout"));
    write(SECOND, line("a", "/2.jsonl", 1, "lupus"));
    write(SECOND, line("a", "/1.jsonl", 1, "asthma"));

    review();

    assertThat(
        target.rows(
            "SELECT source, reasons FROM RAG.DocumentLedger WHERE outcome = 'rejected'"
                + " ORDER BY source"),
        contains(duplicate("/2.jsonl"), duplicate("/3.jsonl")));
  }

  private static String duplicate(String source) {
    return (source
            + "|[{\"stage\":\"validate\",\"code\":\"DUPLICATE_DOCUMENT_ID\",\"message\":\"duplicate"
            + " document id: a is the id of /1.jsonl:1 and of %s:1; the first is kept\"}]")
        .formatted(source);
  }
}

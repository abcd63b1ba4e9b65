package org.irisgraph.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.irisgraph.graphrag.TestGraphs.document;
import static org.irisgraph.graphrag.TestGraphs.unreadable;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.document.ParseAttempts;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graphrag.TestGraphs;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.batch.BatchResult;
import org.irisgraph.iris.spec.CommitGuard;
import org.irisgraph.iris.spec.RejectedRow;
import org.irisgraph.jdbc.Database;
import org.joda.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A ledger that cannot hold the id or the source of a document, on any database. */
public abstract class RefusedLedgerRowContract {

  private static final String STORED = "SELECT doc_id FROM RAG.SourceDocuments ORDER BY doc_id";

  /** For H2: the tables refuse other characters as a database in ISO 8859-1 does. */
  private static final String[] LATIN1_CHECKS = {
    "ALTER TABLE RAG.DocumentLedger ADD CONSTRAINT ledger_latin1 CHECK"
        + " (REGEXP_LIKE(source || COALESCE(document_id, ''), '^[\\x00-\\xFF]*$'))",
    "ALTER TABLE RAG.SourceDocuments ADD CONSTRAINT documents_latin1 CHECK"
        + " (REGEXP_LIKE(doc_id, '^[\\x00-\\xFF]*$'))",
    "ALTER TABLE RAG.ParseAttempts ADD CONSTRAINT attempts_latin1 CHECK"
        + " (REGEXP_LIKE(source, '^[\\x00-\\xFF]*$'))"
  };

  TestTarget target;

  /** A database, which the test closes; it may lose what is in its schema RAG. */
  protected abstract TestTarget open() throws Exception;

  /** Makes the tables refuse characters that are not in ISO 8859-1. */
  protected void refuseOtherThanLatin1() throws Exception {
    target.execute(LATIN1_CHECKS);
  }

  @BeforeEach
  void createTables() throws Exception {
    target = open();
    target.clearSchema("RAG");
    TestGraphs.createTables(target);
  }

  @AfterEach
  void releaseTarget() throws Exception {
    target.close();
  }

  private LedgerSettings run(String runId) {
    return new LedgerSettings(target.in("RAG.DocumentLedger"), "p", runId, "fingerprint");
  }

  private BatchResult<DocumentGraph> write(String runId, DocumentGraph... graphs) throws Exception {
    return TestGraphs.write(target, run(runId), 1000, List.of(graphs));
  }

  private List<DeadLetter> deadLetters(String runId) throws Exception {
    List<DeadLetter> letters = new ArrayList<>();
    try (Connection connection = Database.connect(target.settings())) {
      new LedgerReader(run(runId)).deadLetters(connection, letters::add);
    }
    return letters;
  }

  @Test
  void storesTheOthersAndNamesTheDocumentInEveryRun() throws Exception {
    refuseOtherThanLatin1();
    List<DocumentGraph> graphs = new ArrayList<>();
    graphs.add(document("\u03b20", "/c.jsonl", "gout"));
    for (int i = 0; i < 250; i++) {
      graphs.add(document("k%03d".formatted(i), "/k" + i, "asthma"));
    }

    for (String runId : List.of("r1", "r2")) {
      BatchResult<DocumentGraph> result = write(runId, graphs.toArray(new DocumentGraph[0]));

      assertThat(target.count("RAG.SourceDocuments"), is(250L));
      assertThat(result.committed(), hasSize(250));
      assertThat(result.refused(), contains(graphs.get(0)));
      assertThat(
          result.rejected().stream().map(RejectedRow::elementKey).toList(), contains("\u03b20"));
      DeadLetter letter = deadLetters(runId).get(0);
      assertThat(letter.documentId(), is("\u03b20"));
      assertThat(letter.source(), is("/c.jsonl"));
      assertThat(letter.stage(), is("store"));
      assertThat(deadLetters(runId), hasSize(1));
    }
  }

  @Test
  void namesASourceThatTheLedgerCannotHold() throws Exception {
    refuseOtherThanLatin1();
    DocumentGraph greek = document("d", "/\u03b2.txt", "gout");

    write("r1", greek, document("other", "/a.txt", "asthma"));

    assertThat(target.rows(STORED), contains("other"));
    assertThat(deadLetters("r1").get(0).source(), is("/\u03b2.txt"));
    assertThat(
        target.rows("SELECT source FROM RAG.DocumentLedger WHERE outcome = 'rejected'"),
        contains("\"/\\u03B2.txt\""));
  }

  @Test
  void rejectsADocumentWhoseSourceIsLongerThanItsColumn() throws Exception {
    String source = "/archive.zip!/" + "x".repeat(4000);

    write("r1", document("d", source, "gout"), document("other", "/a.txt", "asthma"));

    assertThat(target.rows(STORED), contains("other"));
    DeadLetter letter = deadLetters("r1").get(0);
    assertThat(letter.source(), is(source));
    assertThat(letter.code(), is("TOO_LONG"));
  }

  @Test
  void keepsTheReasonOfAnUnreadableFileWhoseNameItCannotHold() throws Exception {
    refuseOtherThanLatin1();
    write("r1", unreadable("/\u03b2.txt"), document("other", "/a.txt", "asthma"));

    DeadLetter letter = deadLetters("r1").get(0);
    assertThat(letter.source(), is("/\u03b2.txt"));
    assertThat(letter.code(), is("NOT_UTF8"));
  }

  @Test
  void keepsTheDocumentOfAStorablePlaceInEveryOrder() throws Exception {
    refuseOtherThanLatin1();
    DocumentGraph first = document("d", "/\u03b2", "gout");
    DocumentGraph second = document("d", "/\u03b3", "lupus");
    DocumentGraph storable = document("d", "/a.txt", "asthma");
    for (List<DocumentGraph> order :
        List.of(
            List.of(first, second, storable),
            List.of(first, storable, second),
            List.of(second, first, storable),
            List.of(second, storable, first),
            List.of(storable, first, second),
            List.of(storable, second, first))) {
      String sources = order.stream().map(graph -> graph.origin().source()).toList().toString();
      write("r1", order.toArray(new DocumentGraph[0]));

      assertThat(sources, target.rows("SELECT entity_name FROM RAG.Entities"), contains("asthma"));
      assertThat(
          sources,
          deadLetters("r1").stream().map(DeadLetter::source).toList(),
          containsInAnyOrder("/\u03b2", "/\u03b3"));
      target.execute("DELETE FROM RAG.Entities", "DELETE FROM RAG.SourceDocuments");
      target.execute("DELETE FROM RAG.DocumentLedger");
    }
  }

  @Test
  void forgetsTheRejectionOnceTheDocumentCanBeStored() throws Exception {
    refuseOtherThanLatin1();
    write("r1", document("d", "/\u03b2.txt", "gout"));

    write("r2", document("d", "/a.txt", "gout"));
    try (Connection connection = Database.connect(target.settings())) {
      new LedgerReconciler(run("r2"), 1000, CommitGuard.NONE, wholeInput()).review(connection);
    }

    assertThat(deadLetters("r2"), is(empty()));
    assertThat(target.count(target.in("RAG.DocumentLedger")), is(1L));
  }

  private static LedgerReconciler.Coverage wholeInput() {
    return new LedgerReconciler.Coverage() {
      @Override
      public boolean isWhole(String source) {
        return true;
      }

      @Override
      public boolean isPlace(String source, long position) {
        return true;
      }
    };
  }

  @Test
  void countsTheParsingOfAFileWhoseNameItCannotHold() throws Exception {
    refuseOtherThanLatin1();
    DatabaseParseAttempts attempts =
        new DatabaseParseAttempts(
            target.settings(), new ParseAttemptTable(run("r1")), Duration.standardSeconds(5));
    attempts.open();
    try {
      ParseAttempts.Attempt attempt = attempts.begin("/\u03b2.pdf", "hash");
      assertThat(
          target.rows("SELECT source, attempts FROM RAG.ParseAttempts"),
          contains("\"/\\u03B2.pdf\"|1"));
      attempt.end();
      assertThat(target.count("RAG.ParseAttempts"), is(0L));
    } finally {
      attempts.close();
    }
  }
}
